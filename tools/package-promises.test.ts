import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { publishedPackages } from './packages.ts'

/** What each package promises its users: which packages it brings along, which it needs beside it, what it can be asked for. */
const promises: Readonly<Record<string, { brings: string[]; peers: string[]; entries: string[] }>> = {
  '@quantrx/core': { brings: [], peers: [], entries: ['.'] },
  '@quantrx/tflite': { brings: ['@quantrx/core', 'flatbuffers'], peers: [], entries: ['.'] },
  '@quantrx/data': {
    brings: ['@quantrx/core'],
    peers: ['apache-arrow', 'hyparquet', 'hyparquet-compressors', 'rxjs', 'sharp'],
    entries: ['.', './arrow', './node', './parquet'],
  },
  '@quantrx/observers': { brings: ['@quantrx/core'], peers: ['rxjs'], entries: ['.'] },
  '@quantrx/kernels': { brings: ['@quantrx/core'], peers: [], entries: ['.'] },
  '@quantrx/schemes': { brings: ['@quantrx/core', '@quantrx/tflite'], peers: ['rxjs'], entries: ['.'] },
  '@quantrx/runtime': {
    brings: ['@quantrx/core', '@quantrx/kernels', '@quantrx/tflite'],
    peers: ['rxjs'],
    entries: ['.', './run'],
  },
  '@quantrx/evaluators': {
    brings: ['@quantrx/core', '@quantrx/runtime', '@quantrx/schemes', '@quantrx/tflite'],
    peers: ['rxjs'],
    entries: ['.'],
  },
  '@quantrx/algorithms': {
    brings: [
      ...['@quantrx/core', '@quantrx/evaluators', '@quantrx/kernels', '@quantrx/observers'],
      ...['@quantrx/runtime', '@quantrx/schemes', '@quantrx/tflite'],
    ],
    peers: ['rxjs'],
    entries: ['.'],
  },
  '@quantrx/report': {
    brings: ['@observablehq/plot', '@quantrx/core', 'linkedom'],
    peers: [],
    entries: ['.'],
  },
  '@quantrx/cli': {
    brings: [
      ...[
        '@quantrx/algorithms',
        '@quantrx/core',
        '@quantrx/data',
        '@quantrx/evaluators',
        '@quantrx/kernels',
        '@quantrx/observers',
        '@quantrx/report',
      ],
      ...[
        '@quantrx/runtime',
        '@quantrx/schemes',
        '@quantrx/tflite',
        'apache-arrow',
        'commander',
        'hyparquet',
      ],
      ...['hyparquet-compressors', 'rxjs'],
    ],
    peers: [],
    entries: ['.', './browser'],
  },
  quantrx: {
    brings: [
      ...[
        '@quantrx/algorithms',
        '@quantrx/cli',
        '@quantrx/core',
        '@quantrx/data',
        '@quantrx/evaluators',
        '@quantrx/observers',
      ],
      ...['@quantrx/runtime', '@quantrx/schemes', '@quantrx/tflite', 'rxjs'],
    ],
    peers: [],
    entries: ['.'],
  },
}

/** Packages that the shipped sources of a folder import. */
function importedBy(folder: string): ReadonlySet<string> {
  const names = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      name.endsWith('.ts') &&
      !/\.(test|test-d|conformance)\.ts$/.test(name) &&
      !/^(corpus|real-models)\b/.test(name),
  )
  const specifiers = names.flatMap((name) =>
    [...readFileSync(join(folder, 'src', name), 'utf8').matchAll(/(?:from |import\()'([^.'][^']*)'/g)].map(
      ([, from]) => from ?? '',
    ),
  )
  const own = (specifier: string): string =>
    specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/')
  return new Set(specifiers.filter((specifier) => !specifier.startsWith('node:')).map(own))
}

const packages = publishedPackages()

it('every published package makes a promise', () => {
  expect(packages.map(({ manifest }) => manifest.name).sort()).toEqual(Object.keys(promises).sort())
})

describe.each(packages.map((each) => [each.manifest.name, each] as const))(
  '%s',
  (name, { folder, manifest }) => {
    const promise = promises[name]!

    it('brings what it says, and nothing else', () => {
      expect(Object.keys(manifest.dependencies ?? {}).sort()).toEqual(promise.brings)
      expect(Object.keys(manifest.peerDependencies ?? {}).sort()).toEqual(promise.peers)
    })

    it('has the entries it says', () => {
      expect(Object.keys(manifest.exports).sort()).toEqual([...promise.entries, './package.json'].sort())
    })

    // The command's modules find its other files from where they are themselves.
    it.runIf(name !== '@quantrx/cli')('gives Node one file for each entry', () => {
      for (const entry of promise.entries) {
        const { node, ...others } = manifest.exports[entry] as Readonly<Record<string, string>>
        expect(node).toBe(others['default']!.replace('./dist/', './dist/node/'))
      }
    })

    it('imports what it declares, and declares what it imports', () => {
      const declared = new Set([...promise.brings, ...promise.peers])
      const imported = importedBy(folder)
      expect([...imported].filter((each) => !declared.has(each))).toEqual([])
      // The command needs these installed beside the data package, which loads them; the bin imports the command.
      const indirect = ['apache-arrow', 'hyparquet', 'hyparquet-compressors', '@quantrx/cli', 'rxjs']
      expect([...declared].filter((each) => !imported.has(each) && !indirect.includes(each))).toEqual([])
    })
  },
)
