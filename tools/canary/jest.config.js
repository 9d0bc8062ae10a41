module.exports = { displayName: 'canary', preset: '../../jest.preset.js' };
