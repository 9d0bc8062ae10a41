module.exports = { displayName: 'sample-league', preset: '../../jest.preset.js' };
