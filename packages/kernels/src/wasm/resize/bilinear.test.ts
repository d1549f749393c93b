import { elementCount, seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { floatPosition, resizeBilinearFloat32 } from '../../ops/resize-bilinear/float32.ts'
import { fixedPosition, resizeBilinearInteger } from '../../ops/resize-bilinear/integer.ts'
import { bilinearPositions } from '../../ops/resize-bilinear/interpolate.ts'
import { roundedPosition } from '../../ops/resize-bilinear/xnnpack.ts'
import { runInShares } from '../elementwise/shares.conformance.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'
import { bilinearKernel } from './bilinear.ts'
import { integerMix, shortMix } from './integer-mix.ts'
import { floatMix } from './mix.ts'

/** Inputs `[batch, height, width, channels]`, sizes, and which of the two options is on. */
type Case = readonly [shape: readonly number[], height: number, width: number, option: string]
const cases: readonly Case[] = [
  [[1, 2, 2, 1], 4, 4, 'none'],
  [[2, 3, 5, 3], 7, 4, 'centers'],
  [[1, 4, 3, 8], 9, 6, 'corners'],
  [[1, 5, 5, 21], 3, 3, 'centers'],
  [[1, 1, 1, 4], 3, 2, 'none'],
  [[1, 6, 7, 5], 1, 1, 'corners'],
  [[1, 3, 5, 21], 6, 10, 'centers'],
  [[1, 3, 3, 9], 12, 12, 'centers'],
  [[1, 3, 3, 17], 24, 24, 'centers'],
  [[1, 4, 4, 16], 4, 4, 'none'],
  [[1, 3, 4, 8], 6, 8, 'none'],
  [[1, 5, 5, 7], 9, 17, 'corners'],
]

const parametersOf = ([, outputHeight, outputWidth, option]: Case) => ({
  ...{ outputHeight, outputWidth, alignCorners: option === 'corners' },
  halfPixelCenters: option === 'centers',
})

const outputLength = ([[batch = 0, , , channels = 0], height, width]: Case): number =>
  batch * height * width * channels

/** The output of two shares, each of which leaves the rows of the other alone. */
function inShares<Values extends Float32Array | Int8Array | Uint8Array>(
  build: (share?: Share) => GeneratedKernel,
  input: Values,
  make: () => Values,
): Values {
  const untouched = new Uint8Array(make().byteLength).fill(0xa5)
  const joined = make()
  const target = new Uint8Array(joined.buffer)
  for (const index of [0, 1]) {
    const part = make()
    runKernel(build({ index, count: 2 }), [input], part)
    new Uint8Array(part.buffer).forEach((byte, at) => {
      if (byte !== untouched[at]) target[at] = byte
    })
  }
  return joined
}

it('mixes halves, quarters and eighths in 16 bits, and all else in 32', () => {
  const nameOf = (scale: number, type: 'int8' | 'uint8'): string => {
    const parameters = {
      ...{ outputHeight: 5 * scale, outputWidth: 6 * scale, alignCorners: false, halfPixelCenters: true },
    }
    const positions = bilinearPositions([1, 5, 6, 8], parameters, fixedPosition)
    return integerMix(type, 'tflite', positions).name
  }
  expect([1, 2, 4, 8, 3].map((scale) => nameOf(scale, 'int8'))).toEqual([
    'int16',
    'int16',
    'int16',
    'int32',
    'int32',
  ])
  expect(nameOf(4, 'uint8')).toBe('int16')
})

describe('bilinear kernels', () => {
  it.each(cases)('equal the float32 reference: %j to %i × %i, %s', (...each) => {
    const [shape] = each
    const parameters = parametersOf(each)
    const random = seededRandom(3)
    const input = Float32Array.from({ length: elementCount(shape) }, () => random.normal())
    const make = () => new Float32Array(outputLength(each))
    const expected = make()
    resizeBilinearFloat32(shape, parameters)(input, expected)
    const positions = bilinearPositions(shape, parameters, floatPosition)
    expect(runKernel(bilinearKernel(shape, positions, floatMix), [input], make())).toEqual(expected)
  })

  const types = (['int8', 'uint8'] as const).flatMap((type) =>
    (['tflite', 'xnnpack'] as const).map((arithmetic) => [type, arithmetic] as const),
  )
  it.each(types)('equal the reference on %s in %s arithmetic, also in shares', (type, arithmetic) => {
    const random = seededRandom(4)
    const TypedArray = type === 'int8' ? Int8Array : Uint8Array
    for (const each of cases) {
      const [shape] = each
      const parameters = parametersOf(each)
      const extreme = () => (random.integer(3) === 0 ? random.integer(2) * 255 : random.integer(256))
      const input = new TypedArray(elementCount(shape)).map(() => extreme() - (type === 'int8' ? 128 : 0))
      const make = () => new TypedArray(outputLength(each))
      const expected = make()
      resizeBilinearInteger(arithmetic, shape, parameters)(input, expected)
      const rule = arithmetic === 'xnnpack' ? roundedPosition : fixedPosition
      const positions = bilinearPositions(shape, parameters, rule)
      const build = (share?: Share) =>
        bilinearKernel(shape, positions, integerMix(type, arithmetic, positions), share)
      expect(runKernel(build(), [input], make())).toEqual(expected)
      const shared = inShares(build, input, make)
      // A byte of the value that stands for nothing written cannot be told from one.
      const told = expected.map((value) => ((value & 255) === 0xa5 ? 0 : value))
      expect(shared.map((value, at) => (told[at] === 0 ? 0 : value))).toEqual(told)
    }
  })

  it('equal the reference on int16 where distances are coarse, also in shares', () => {
    const random = seededRandom(5)
    const special = [-32768, 32767, 0, -1, 1]
    const coarse = cases.filter((each) => shortMixOf(each) !== undefined)
    expect(coarse.length).toBeGreaterThan(8)
    for (const each of coarse) {
      const [shape] = each
      const draw = () => [special[random.integer(5)]!, random.integer(65536) - 32768][random.integer(2)]!
      const input = Int16Array.from({ length: elementCount(shape) }, draw)
      const expected = new Int16Array(outputLength(each))
      resizeBilinearInteger('tflite', shape, parametersOf(each))(input, expected)
      const build = (share?: Share) => bilinearKernel(shape, positionsOf(each), shortMixOf(each)!, share)
      expect(runInShares(build, [input], new Int16Array(outputLength(each)))).toEqual(expected)
    }
  })
})

const positionsOf = (each: Case) => bilinearPositions(each[0], parametersOf(each), fixedPosition)
const shortMixOf = (each: Case) => shortMix(positionsOf(each))

it('leaves int16 to the reference where sums need more than 32 bits', () => {
  expect(shortMixOf([[1, 7, 7, 1], 5, 5, 'none'])).toBeUndefined()
})
