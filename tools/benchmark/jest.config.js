module.exports = { displayName: 'benchmark', preset: '../../jest.preset.js' };
