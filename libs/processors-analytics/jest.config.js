module.exports = { displayName: 'processors-analytics', preset: '../../jest.preset.js' };
