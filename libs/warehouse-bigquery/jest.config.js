module.exports = { displayName: 'warehouse-bigquery', preset: '../../jest.preset.js' };
