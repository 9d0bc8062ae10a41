module.exports = { displayName: 'events-local', preset: '../../jest.preset.js' };
