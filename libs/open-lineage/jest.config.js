module.exports = { displayName: 'open-lineage', preset: '../../jest.preset.js' };
