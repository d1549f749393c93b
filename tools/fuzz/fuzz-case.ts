import { isQuantrxError, seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import { writeModel } from '@quantrx/tflite'
import { mutateBytes } from './mutate/bytes.ts'
import { mutateModel } from './mutate/model.ts'
import { positionsOf } from './mutate/positions.ts'
import { pick } from './mutate/values.ts'
import { prepare } from './seeds.ts'
import type { PreparedSeed, Seed } from './seeds.ts'
import type { TargetName } from './targets.ts'

/** A hostile file, and what it was made from. */
export interface FuzzCase {
  readonly seed: string
  /** Undefined when the mutation is none that a file can hold. */
  readonly file: Uint8Array | undefined
}

/** Case number `index` of a run: the same for the same seeds and run seed, whatever came before it. */
export function fuzzCase(
  seeds: readonly Seed[],
  target: TargetName,
  runSeed: number,
  index: number,
): FuzzCase {
  const random = seededRandom(Math.imul(runSeed, 0x27d4eb2f) ^ Math.imul(index + 1, 0x165667b1))
  // What has the fewest cases of its own, whole models, gets one case in eight.
  const models = seeds.filter(({ kind }) => kind === 'model')
  const seed = pick(random, random.integer(8) === 0 ? models : seeds)
  const prepared = prepare(seed)
  // What does not get through reading tells nothing about what comes after it.
  const structural = random.integer(target === 'read' ? 2 : 20) === 0
  return { seed: seed.name, file: structural ? mutateBytes(prepared, random) : written(prepared, random) }
}

function written(prepared: PreparedSeed, random: Random): Uint8Array | undefined {
  try {
    const bytes = writeModel(mutateModel(prepared, random))
    return random.integer(20) === 0 ? mutateBytes({ bytes, positions: positionsOf(bytes) }, random) : bytes
  } catch (error) {
    if (isQuantrxError(error)) return undefined
    throw error
  }
}
