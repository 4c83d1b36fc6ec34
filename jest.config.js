/** Jest runs the TypeScript sources as CommonJS through swc; packages that are ESM only are transformed as well. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // The package exports ES modules only; Jest resolves as require would.
  moduleNameMapper: { '^fhir-kit-client$': '<rootDir>/node_modules/fhir-kit-client/dist/index.js' },
  transform: {
    '^.+\\.[jt]sx?$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(fhir-kit-client|jose|marked|mdast-|micromark|unist-|ccount|character-entities|decode-named-character-reference|devlop|escape-string-regexp|longest-streak|markdown-table|zwitch)[^/]*/)',
  ],
  globalSetup: '<rootDir>/test/support/global-setup.cjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.cjs',
  setupFiles: ['<rootDir>/test/support/property-seed.ts'],
  maxWorkers: 2,
  testTimeout: 30_000,
};
