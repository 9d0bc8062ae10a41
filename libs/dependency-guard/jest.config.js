module.exports = { displayName: 'dependency-guard', preset: '../../jest.preset.js' };
