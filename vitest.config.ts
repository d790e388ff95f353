import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts'],
    setupFiles: ['test/support/fixed-seed.ts'],
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    // The first test of a worker that needs the sandbox builds it.
    testTimeout: 30_000,
    hookTimeout: 180_000,
    // As long as a busy machine may take; what is waited for comes at once elsewhere.
    expect: { poll: { timeout: 30_000 } },
    reporters: [process.env['CI'] ? 'dot' : 'default', './test/support/closing-line-reporter.ts'],
  },
})
