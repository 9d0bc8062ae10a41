module.exports = { displayName: 'schedule', preset: '../../jest.preset.js' };
