const { writeFileSync } = require('node:fs');

/** Writes, for every project, which of its tests passed and failed, and whether a file could not be run at all. */
module.exports = class {
  constructor(_config, { file }) {
    this.file = file;
    this.rows = [];
  }

  onTestResult({ context, path }, { testResults, testExecError }) {
    const titled = (status) => testResults.filter((one) => one.status === status).map(({ title }) => title);
    const { name } = context.config.displayName;
    this.rows.push({ name, path, passed: titled('passed'), failed: titled('failed'), broken: testExecError?.message });
  }

  onRunComplete() {
    writeFileSync(this.file, JSON.stringify(this.rows));
  }
};
