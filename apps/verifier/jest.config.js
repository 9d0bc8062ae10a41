module.exports = { displayName: 'verifier', preset: '../../jest.preset.js' };
