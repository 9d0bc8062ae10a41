module.exports = { displayName: 'nba-com', preset: '../../jest.preset.js' };
