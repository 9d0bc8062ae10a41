module.exports = { displayName: 'raw-lake', preset: '../../jest.preset.js' };
