import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fixturePath, goldenCases, hasFixtures, readFixture } from '@quantrx/testing'
import { readModel, writeModel } from '@quantrx/tflite'
import type { MutableFile } from './mutate/bytes.ts'
import type { Mutable } from './mutate/model.ts'
import { positionsOf } from './mutate/positions.ts'
import { tablesOf } from './mutate/tables-of.ts'

/** A sound file from which mutations are made. */
export interface Seed {
  readonly name: string
  readonly kind: 'model' | 'operator'
  readonly file: Uint8Array
}

/** A seed, ready for both kinds of mutations. */
export interface PreparedSeed extends Mutable, MutableFile {}

/** Larger files than this say nothing that smaller ones do not, and take long. */
const largestSeed = 256 * 1024

/**
 * The demo model that ships, always; where the fixtures are, the real models of moderate size and every single-operator
 * model too. In a fixed order, so that a case is the same on every machine that has the same files.
 */
export function seeds(): readonly Seed[] {
  const demo = fileURLToPath(new URL('../../packages/cli/demo/demo.tflite', import.meta.url))
  const shipped: Seed = { name: 'demo', kind: 'model', file: new Uint8Array(readFileSync(demo)) }
  if (!hasFixtures) return [shipped]
  const models = sorted('data/models').map((name) => asModel(name, readFixture('data/models', name)))
  const small = sorted('golden/ai_edge_models')
    .filter((name) => !name.endsWith('.json'))
    .map((name) => asModel(name, readFixture('golden/ai_edge_models', name, `${name}.tflite`)))
  const operators = sorted('golden/ops')
    .filter((name) => name.endsWith('.jsonl.gz') && !name.startsWith('_'))
    .flatMap((name) => goldenCases(name.slice(0, -'.jsonl.gz'.length)))
    .map(({ id, model }): Seed => ({ name: id, kind: 'operator', file: model }))
  return [shipped, ...[...models, ...small].filter(({ file }) => file.length <= largestSeed), ...operators]
}

const asModel = (name: string, file: Uint8Array): Seed => ({ name, kind: 'model', file })

const sorted = (folder: string): readonly string[] => readdirSync(fixturePath(folder)).sort()

const prepared = new WeakMap<Seed, PreparedSeed>()

/** Finds the structure of a seed, once. */
export function prepare(seed: Seed): PreparedSeed {
  const known = prepared.get(seed)
  if (known !== undefined) return known
  const model = readModel(seed.file)
  // Our own layout as well as the publisher's: half of all attacks on the reader go through what we write.
  const bytes = seed.file.length % 2 === 0 ? seed.file : writeModel(model)
  const made = { model, places: tablesOf(model), bytes, positions: positionsOf(bytes) }
  prepared.set(seed, made)
  return made
}
