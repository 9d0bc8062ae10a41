module.exports = { displayName: 'processors-raw', preset: '../../jest.preset.js' };
