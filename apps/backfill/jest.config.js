module.exports = { displayName: 'backfill', preset: '../../jest.preset.js' };
