const { stopPostgres } = require('./postgres.cjs');

module.exports = stopPostgres;
