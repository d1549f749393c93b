import nx from '@nx/eslint-plugin'
import tseslint from 'typescript-eslint'

/** What each package may import: design levels go strictly downwards. Names are those of the packages' nx tags. */
const allowedImports = {
  core: [],
  tflite: ['core'],
  data: ['core'],
  observers: ['core'],
  kernels: ['core'],
  schemes: ['core', 'tflite'],
  runtime: ['core', 'tflite', 'kernels'],
  evaluators: ['core', 'tflite', 'schemes', 'runtime'],
  algorithms: ['core', 'tflite', 'kernels', 'observers', 'schemes', 'runtime', 'evaluators'],
  report: ['core'],
  cli: [
    ...['core', 'tflite', 'data', 'observers', 'kernels', 'schemes', 'runtime', 'evaluators', 'algorithms'],
    ...['report'],
  ],
  quantrx: [
    'core',
    'tflite',
    'data',
    'observers',
    'kernels',
    'schemes',
    'runtime',
    'evaluators',
    'algorithms',
    'report',
    'cli',
  ],
  playground: [
    ...['core', 'tflite', 'data', 'observers', 'kernels', 'schemes', 'runtime', 'evaluators', 'algorithms'],
    ...['report', 'cli'],
  ],
  docs: [
    ...['core', 'tflite', 'data', 'observers', 'kernels', 'schemes', 'runtime', 'evaluators', 'algorithms'],
    ...['report', 'cli', 'quantrx'],
  ],
  testing: [],
}
/** What is not published, and what of it each may import. */
const privateTooling = { tools: ['tools'], benchmarks: ['benchmarks', 'tools'] }
const withoutRxjs = new Set(['core', 'tflite', 'kernels', 'report'])
const everyPackage = Object.keys(allowedImports)

const boundaries = (extra, banned) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    checkDynamicDependenciesExceptions: ['.*'],
    depConstraints: [
      ...everyPackage.map((name) => ({
        sourceTag: `package:${name}`,
        onlyDependOnLibsWithTags: [name, ...allowedImports[name], ...extra].map(
          (allowed) => `package:${allowed}`,
        ),
        ...(banned && withoutRxjs.has(name) ? { bannedExternalImports: ['rxjs', 'rxjs/*'] } : {}),
      })),
      ...Object.entries(privateTooling).map(([name, tooling]) => ({
        sourceTag: `package:${name}`,
        onlyDependOnLibsWithTags: [...everyPackage, ...tooling].map((allowed) => `package:${allowed}`),
      })),
    ],
  },
]

const tests = [
  '**/*.test.ts',
  '**/*.test-d.ts',
  '**/*.conformance.ts',
  'packages/quantrx/src/{corpus,real-models}/**',
]

export default tseslint.config(
  { ignores: ['**/dist', '**/node_modules', '**/.vitepress/{cache,.temp}', '.nx', '.tmp'] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': boundaries([], true),
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Hot loops over typed arrays are indexed: for-of costs ten times as much there.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
        {
          selector: 'ClassDeclaration:not([superClass.name=/Error$/])',
          message: 'Use functions and plain data; only errors are classes.',
        },
      ],
    },
  },
  {
    files: tests,
    rules: {
      '@nx/enforce-module-boundaries': boundaries(['testing'], true),
      'max-lines-per-function': 'off',
    },
  },
  // Facts in table form are as long as the schema is.
  { files: ['packages/tflite/src/schema/*.ts'], rules: { 'max-lines': 'off' } },
  { files: ['tools/**/*.ts', 'benchmarks/**/*.ts'], rules: { 'no-console': 'off' } },
)
