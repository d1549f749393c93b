import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, gzipBytes } from '@quantrx/testing'
import { describe, expect, it } from 'vitest'
import { isModule } from '../indexes.ts'
import { workspaceRoot } from '../workspace-root.ts'

/** Modules of the workspace that an import brings along, and what they weigh. */
async function imported(names: string, from: string) {
  const files = await bundle({
    code: `export { ${names} } from '${from}'`,
    external: ['rxjs'],
    minify: false,
  })
  const always = files.filter((file) => file.always)
  return {
    modules: always.flatMap(({ modules }) => modules).filter((path) => path.startsWith('packages/')),
    bytes: gzipBytes(always),
  }
}

const observers = 'packages/observers/src/observers'
const metrics = 'packages/evaluators/src/metrics'
const schemes = 'packages/schemes/src/schemes'

/** Names that a module's file name stands for: `min-max.ts` exports `minMax`. */
const camelCase = (file: string): string =>
  file.replace(/\.ts$/, '').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())

describe.each([
  ['@quantrx/observers', observers],
  ['@quantrx/evaluators', metrics],
  ['@quantrx/schemes', schemes],
])('of %s', (from, folder) => {
  const files = readdirSync(join(workspaceRoot, folder)).filter(isModule)

  it.each(files)('%s alone brings none of its neighbours', async (file) => {
    const { modules } = await imported(camelCase(file), from)
    expect(modules.filter((path) => path.startsWith(folder))).toEqual([`${folder}/${file}`])
  })
})

/** Folders of one package of the workspace. */
const inPackage = (name: string): string => `packages/${name}/`

describe('of quantrx', () => {
  it.each([
    ['minMax', '@quantrx/observers', ['core', 'observers']],
    ['int8', '@quantrx/schemes', ['core', 'schemes', 'tflite']],
    ['top1', '@quantrx/evaluators', ['core', 'evaluators']],
    ['npy', '@quantrx/data', ['core', 'data']],
    ['readModel', '@quantrx/tflite', ['core', 'tflite']],
    ['compile', '@quantrx/runtime', ['core', 'kernels', 'runtime', 'tflite']],
  ])('%s is what %s gives, and no other package', async (name, own, packages) => {
    const [whole, alone] = [await imported(name, 'quantrx'), await imported(name, own)]
    expect([...whole.modules].sort()).toEqual([...alone.modules].sort())
    expect(Math.abs(whole.bytes - alone.bytes)).toBeLessThan(alone.bytes / 20)
    expect(
      whole.modules.filter((path) => !packages.some((each) => path.startsWith(inPackage(each)))),
    ).toEqual([])
  })
})

describe('of @quantrx/data', () => {
  const folders = {
    formats: /data\/src\/(npy|npz|audio|images|http|parquet-format|arrow-format|transforms)\//,
  }

  it.each([
    ['fromArrays', '@quantrx/data', []],
    ['npy', '@quantrx/data', ['npy']],
    ['npz', '@quantrx/data', ['npy', 'npz']],
    ['decodeWav', '@quantrx/data', ['audio']],
    ['httpSource', '@quantrx/data', ['http']],
    ['npyFile', '@quantrx/data/node', ['npy']],
  ])('%s from %s brings no other format', async (name, from, formats) => {
    const { modules } = await imported(name, from)
    const found = modules.flatMap((path) => folders.formats.exec(path)?.[1] ?? [])
    expect([...new Set(found)].sort()).toEqual(formats)
  })
})

it('would show what an import drags along', async () => {
  const { modules } = await imported('observers', '@quantrx/observers')
  expect(modules.filter((path) => path.startsWith(observers)).length).toBeGreaterThan(4)
})
