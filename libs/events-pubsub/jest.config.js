module.exports = { displayName: 'events-pubsub', preset: '../../jest.preset.js' };
