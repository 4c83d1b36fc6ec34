const { startPostgres } = require('./postgres.cjs');

module.exports = async () => {
  process.env.TZ = 'UTC';
  await startPostgres();
};
