module.exports = { displayName: 'precompute', preset: '../../jest.preset.js' };
