module.exports = { displayName: 'warehouse-duckdb', preset: '../../jest.preset.js' };
