import { integerLimits, seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { leakyReluFactors, leakyReluStored } from '../../ops/leaky-relu/leaky-relu.ts'
import { requantizeRescale, requantizeStored } from '../../ops/quantize/integer.ts'
import type { ActivationType } from '../../shared/integer-tensor.ts'
import { rescaleStored } from '../../shared/rescale.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'
import { rescaleKernel } from './rescale.ts'
import type { RescaleParameters } from './rescale.ts'
import { runInShares } from './shares.conformance.ts'

const arrays = { int8: Int8Array, uint8: Uint8Array, int16: Int16Array } as const

/** All values of a type. */
function everyValue(type: ActivationType): Int8Array | Uint8Array | Int16Array {
  const { min, max } = integerLimits[type]
  return new arrays[type](max - min + 1).map((_, at) => min + at)
}

function expectEqual(parameters: RescaleParameters, evaluate: (stored: number) => number): void {
  const input = everyValue(parameters.inputType)
  const output = new arrays[parameters.outputType](input.length)
  const result = runKernel(rescaleKernel(parameters, input.length)!, [input], output)
  input.forEach((stored, at) => {
    const expected = evaluate(stored)
    if (result[at] !== expected)
      expect.fail(`${stored}: ${result[at]}, expected ${expected} ${JSON.stringify(parameters)}`)
  })
}

const pairs = [
  ['int16', 'int16'],
  ['int16', 'int8'],
  ['int16', 'uint8'],
  ['int8', 'int16'],
  ['uint8', 'int16'],
] as const

describe.each(pairs)('%s to %s', (inputType, outputType) => {
  const random = seededRandom(4)
  const types = { inputType, outputType }
  const zeroPointOf = (type: ActivationType): number => {
    const { min, max } = integerLimits[type]
    return [min, max, min + random.integer(max - min), 0][random.integer(4)]!
  }
  const draw = (factor: number): RescaleParameters => {
    const { min, max } = integerLimits[outputType]
    const width = max - min
    const narrower = random.integer(2) === 0
    const range = narrower
      ? { min: min + random.integer(width / 2), max: max - random.integer(width / 2) }
      : { min, max }
    const zeroPoints = { inputZeroPoint: zeroPointOf(inputType), outputZeroPoint: zeroPointOf(outputType) }
    return { ...types, ...zeroPoints, factor, range }
  }

  it('equals the reference at all values, from factors that vanish to those that saturate', () => {
    const factors = [0, 2 ** -33, 2 ** -31, 1e-6, 2 ** -8, 1 / 256, 0.3, 0.5, 1, 1.5, 2, 3, 256, 1000, 8000]
    for (const factor of [...factors, ...Array.from({ length: 20 }, () => 2 ** (random.next() * 12 - 10))]) {
      const parameters = draw(factor)
      expectEqual(parameters, rescaleStored(parameters))
    }
  })

  it('has a factor of its own below the zero point', () => {
    for (let round = 0; round < 10; round++) {
      const scales = { input: 0.1 + random.next(), output: 0.1 + random.next() }
      const input = { scale: Math.fround(scales.input), zeroPoint: zeroPointOf(inputType) }
      const output = { scale: Math.fround(scales.output), zeroPoint: zeroPointOf(outputType) }
      const alpha = Math.fround(random.next())
      const options = { arithmetic: 'tflite', ...types, input, output, alpha } as const
      const { above, below } = leakyReluFactors(options)
      const parameters = { ...types, ...requantizeRescale(options), factor: above, factorBelow: below }
      expectEqual(parameters, leakyReluStored(options))
    }
  })

  it('takes any number of elements, in shares', () => {
    const parameters = { ...draw(0.7), range: integerLimits[outputType] }
    const evaluate = rescaleStored(parameters)
    for (let length = 1; length <= 70; length++) {
      const values = everyValue(inputType)
      const input = new arrays[inputType](length).map(() => values[random.integer(values.length)]!)
      const build = (share?: Share) => rescaleKernel(parameters, length, share)
      const output = new arrays[outputType](length)
      expect([...runInShares(build, [input], output)]).toEqual([...input].map(evaluate))
    }
  })

  it('leaves large and negative factors, and zero points outside of the type, to the reference', () => {
    const { max } = integerLimits[inputType]
    expect(rescaleKernel({ ...draw(1), inputZeroPoint: max + 1 }, 4)).toBeUndefined()
    expect(rescaleKernel(draw(2 ** 23), 4)).toBeUndefined()
    expect(rescaleKernel({ ...draw(1), factorBelow: -1 }, 4)).toBeUndefined()
  })

  it('is QUANTIZE in either arithmetic', () => {
    for (const arithmetic of ['tflite', 'xnnpack'] as const) {
      const input = { scale: 0.02, zeroPoint: zeroPointOf(inputType) }
      const output = { scale: 0.03, zeroPoint: zeroPointOf(outputType) }
      const options = { arithmetic, ...types, input, output }
      expectEqual({ ...types, ...requantizeRescale(options) }, requantizeStored(options))
    }
  })
})
