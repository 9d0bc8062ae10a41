module.exports = { displayName: 'completeness', preset: '../../jest.preset.js' };
