import { configDefaults, defineConfig } from 'vitest/config'

// Workspace packages resolve to their TypeScript sources, so tests need no build.
const conditions = ['@quantrx/source']

/**
 * One process runs many test files and loads each module once, which halves the time of the suite: tests put back what they
 * replace. Those that replace a module are named `x.isolated.test.ts`: each gets a process of its own.
 */
const include = ['packages/*/src/**/*.test.ts', 'tools/**/*.test.ts', 'benchmarks/**/*.test.ts']
const isolated = include.map((pattern) => pattern.replace('.test.ts', '.isolated.test.ts'))

export default defineConfig({
  resolve: { conditions: [...conditions, 'module', 'node', 'default'] },
  ssr: { resolve: { conditions: [...conditions, 'module', 'node', 'default'] } },
  test: {
    // All cores: by default one is left free, which is half of a machine with two.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['tools/equal-bytes/setup.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'sharing', include, exclude: [...configDefaults.exclude, ...isolated], isolate: false },
      },
      { extends: true, test: { name: 'isolated', include: isolated } },
    ],
  },
})
