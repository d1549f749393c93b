import { allocate, elementCount, integerLimits, seededRandom } from '@quantrx/core'
import type { DataType, Opener, Random, Shape, Tensor } from '@quantrx/core'
import { dataError } from './data-error.ts'

/** Random samples to try a model out; accuracy means nothing with them. */
export interface RandomSource {
  /** Shape and type of every model input. */
  readonly inputs: readonly { readonly shape: Shape; readonly type: DataType }[]
  readonly count: number
  readonly seed: number
}

/**
 * An opener for seeded random samples: normal with mean 0 and deviation 1 for float32, uniform over the whole range for
 * 8- and 16-bit integers, 0 to 9 for wider ones, which usually are indices. The same seed gives the same samples.
 *
 * @throws DataError for a type that has no random values.
 */
export function randomSamples({ inputs, count, seed }: RandomSource): Opener {
  for (const { type } of inputs) {
    if (type === 'float16' || type === 'complex64') {
      throw dataError('random samples', `an input of type ${type}`, 'float32 or integers')
    }
  }

  return async function* (signal) {
    const random = seededRandom(seed)
    for (let index = 0; index < count; index++) {
      signal.throwIfAborted()
      yield { index, inputs: inputs.map(({ shape, type }) => randomTensor(random, shape, type)) }
    }
  }
}

function randomTensor(random: Random, shape: Shape, type: DataType): Tensor {
  const data = allocate(type, elementCount(shape)) as Float32Array
  const draw = drawer(random, type)
  const isWide = type === 'int64' || type === 'uint64'
  for (let at = 0; at < data.length; at++) data[at] = (isWide ? BigInt(draw()) : draw()) as number
  return { type, shape, data } as unknown as Tensor
}

function drawer(random: Random, type: DataType): () => number {
  if (type === 'float32' || type === 'float64') return random.normal
  if (type === 'bool') return () => random.integer(2)
  if (type !== 'int8' && type !== 'uint8' && type !== 'int16') return () => random.integer(10)
  const { min, max } = integerLimits[type]
  return () => min + random.integer(max - min + 1)
}
