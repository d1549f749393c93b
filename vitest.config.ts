import { configDefaults, defineConfig } from 'vitest/config'

// Workspace packages resolve to their TypeScript sources, so tests need no build.
const conditions = ['@quantrx/source']

/**
 * Packages whose tests leave nothing behind that another test sees: one process runs many of their files and loads each
 * module once, which halves the time of the suite. Of the other tests, some replace modules or globals.
 */
const sharing = [
  'packages/{core,tflite,observers,kernels,schemes,runtime,evaluators,algorithms,report,cli,quantrx}/src/**/*.test.ts',
  'tools/eager-functions/*.test.ts',
]

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
      { extends: true, test: { name: 'sharing', include: sharing, isolate: false } },
      {
        extends: true,
        test: {
          name: 'outside world',
          include: ['packages/*/src/**/*.test.ts', 'tools/**/*.test.ts', 'benchmarks/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...sharing],
        },
      },
    ],
  },
})
