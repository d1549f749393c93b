import { elementCount, integerLimits, seededRandom } from '@quantrx/core'
import type { Random, Shape } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { preluInteger } from '../../ops/prelu/prelu.ts'
import { broadcastRows } from '../../shared/broadcast.ts'
import type { Share } from '../share.ts'
import { bytesOfType, everyPair } from './byte-cases.conformance.ts'
import type { ByteArray, ByteType } from './bytes.ts'
import { preluLines } from './prelu-lines.ts'
import { preluOfBytesKernel, preluOfKnownSlopesKernel } from './prelu-of-bytes.ts'
import type { PreluOfBytes } from './prelu-of-bytes.ts'
import { runInShares } from './shares.conformance.ts'

const types = ['int8', 'uint8'] as const
const kernels = ['known', 'any'] as const
const each = types.flatMap((type) => kernels.map((slopes) => [type, slopes] as const))

type Scales = readonly [input: number, slopes: number, output: number]

function drawParameters(
  random: Random,
  type: ByteType,
  shapes: readonly [Shape, Shape],
  scales: Scales,
): PreluOfBytes {
  const { min, max } = integerLimits[type]
  const zeroPoint = (): number => [min, max, min + random.integer(256)][random.integer(3)]!
  const [input, slopes, output] = scales.map((scale) => ({ scale, zeroPoint: zeroPoint() }))
  return { type, rows: broadcastRows(...shapes), input: input!, slopes: slopes!, output: output! }
}

/** Compares with the reference; says whether there was a kernel. */
function expectEqual(
  parameters: PreluOfBytes,
  input: ByteArray,
  slopes: ByteArray,
  slopesAre: string,
): boolean {
  const { type } = parameters
  const expected = bytesOfType(type, input.length)
  preluInteger(parameters)(input, slopes, expected)
  const build = (share?: Share) =>
    slopesAre === 'known'
      ? preluOfKnownSlopesKernel(parameters, slopes, share)
      : preluOfBytesKernel(parameters, share)
  if (build() === undefined) return false
  const inputs = slopesAre === 'known' ? [input] : [input, slopes]
  const found = runInShares(build, inputs, bytesOfType(type, input.length))
  const wrong = expected.findIndex((value, at) => value !== found[at])
  if (wrong >= 0)
    expect.fail(
      `${input[wrong]}: ${found[wrong]}, expected ${expected[wrong]}; ${JSON.stringify(parameters)}`,
    )
  return true
}

/** Compares at random inputs and slopes. */
function expectEqualAnywhere(
  random: Random,
  parameters: PreluOfBytes,
  slopeShape: Shape,
  slopesAre: string,
): boolean {
  const draw = (length: number) => bytesOfType(parameters.type, length).map(() => random.integer(256))
  const { shape } = parameters.rows
  return expectEqual(parameters, draw(elementCount(shape)), draw(elementCount(slopeShape)), slopesAre)
}

/** Compares at all values of the input with all slopes. */
function expectEqualEverywhere(random: Random, type: ByteType, scales: Scales, slopesAre: string): void {
  const parameters = drawParameters(random, type, [[256, 256], [256]], scales)
  const [inputs, slopes] = everyPair(type)
  expect(expectEqual(parameters, inputs, slopes.subarray(0, 256), slopesAre)).toBe(true)
}

const drawnScales = (random: Random): Scales => {
  const [input, slopes, output] = [0.01 + random.next(), random.next() / 100, 0.01 + random.next()]
  return [Math.fround(input), Math.fround(slopes), Math.fround(output)]
}

describe.each(each)('%s, %s slopes', (type, slopesAre) => {
  it('equals the reference at all pairs of values', () => {
    const random = seededRandom(10)
    for (let round = 0; round < 2; round++)
      expectEqualEverywhere(random, type, drawnScales(random), slopesAre)
  })

  it('equals the reference with 1 to 70 channels', () => {
    const random = seededRandom(11)
    for (let channels = 1; channels <= 70; channels++) {
      const shapes = [[3, 7, channels], [channels]] as const
      const parameters = drawParameters(random, type, shapes, drawnScales(random))
      expect(expectEqualAnywhere(random, parameters, shapes[1], slopesAre)).toBe(true)
    }
  })

  it.each<readonly [Shape, Shape]>([
    [[2, 5, 128], [128]],
    [[2, 3, 130], [130]],
    [
      [4, 3, 5, 200],
      [1, 1, 200],
    ],
    [[70], [70]],
    [
      [1, 3, 11, 5],
      [3, 11, 5],
    ],
    [
      [3, 4, 6],
      [4, 6],
    ],
    [[3, 7], [1]],
    [[2, 33], []],
  ])('takes %j with slopes of %j', (inputShape, slopeShape) => {
    const random = seededRandom(12)
    for (let round = 0; round < 4; round++) {
      const parameters = drawParameters(random, type, [inputShape, slopeShape], drawnScales(random))
      expect(expectEqualAnywhere(random, parameters, slopeShape, slopesAre)).toBe(true)
    }
  })

  it.each([
    [1, 2 ** -7, 1],
    [0.5, 2 ** -8, 1],
    [1, 1 / 127, 1],
    [1, 1 / 128, 2],
    [0.1, 0.04, 0.1],
    [3, 0.001, 0.01],
    [0.001, 0.001, 3],
    [1e-6, 1e-6, 1],
    [1, 3, 5],
  ])('takes scales %d, %d and %d', (input, slopes, output) => {
    const random = seededRandom(13)
    const scales = [Math.fround(input), Math.fround(slopes), Math.fround(output)] as const
    expectEqualEverywhere(random, type, scales, slopesAre)
  })
})

describe.each(types)('%s', (type) => {
  it('takes slopes that are repeated in the middle when they are not known', () => {
    const random = seededRandom(14)
    const shapes = [
      [2, 3, 4, 5],
      [2, 1, 4, 1],
    ] as const
    const parameters = drawParameters(random, type, shapes, drawnScales(random))
    expect(expectEqualAnywhere(random, parameters, shapes[1], 'any')).toBe(true)
    expect(expectEqualAnywhere(random, parameters, shapes[1], 'known')).toBe(false)
  })

  it('leaves zero points outside of the type to the reference', () => {
    const shapes = [[3], [3]] as const
    const drawn = drawParameters(seededRandom(1), type, shapes, [1, 1, 1])
    const parameters = { ...drawn, input: { scale: 1, zeroPoint: integerLimits[type].max + 1 } }
    expect(preluOfBytesKernel(parameters)).toBeUndefined()
    expect(preluOfKnownSlopesKernel(parameters, Int8Array.of(1, 2, 3))).toBeUndefined()
  })

  it('finds lines for every slope, whatever the scales', () => {
    const random = seededRandom(15)
    const slopes = bytesOfType(type, 256).map((_, at) => at)
    for (let round = 0; round < 20; round++) {
      const parameters = drawParameters(random, type, [[256], [256]], drawnScales(random))
      expect(preluLines(parameters, slopes)).toBeDefined()
    }
  })
})

it('takes the upper line where slopes are below 1', () => {
  const unit = { scale: 0.01, zeroPoint: 3 }
  const parameters = { type: 'int8', input: unit, output: unit } as const
  const slopes = Int8Array.of(-100, -1, 0, 1, 60, 95)
  const upper = (scale: number): boolean =>
    preluLines({ ...parameters, slopes: { scale, zeroPoint: 0 } }, slopes)!.upper
  expect(upper(0.01)).toBe(true)
  expect(upper(0.02)).toBe(false)
})
