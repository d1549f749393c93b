import { describeWithFixtures, goldenLines } from '@quantrx/testing'
import { describe, expect, it } from 'vitest'
import { softmaxFloat32 } from './float32.ts'
import { softmaxInt16 } from './int16.ts'
import { softmaxInteger, softmaxScaling } from './integer.ts'

describe('softmaxFloat32', () => {
  const softmax = (values: readonly number[], depth: number, beta = 1): number[] => {
    const output = new Float32Array(values.length)
    softmaxFloat32({ depth, beta })(Float32Array.from(values), output)
    return [...output]
  }

  it('makes each row sum to 1', () => {
    expect(softmax([0, 0, 1, 1], 2)).toEqual([0.5, 0.5, 0.5, 0.5])
    const [low = 0, high = 0] = softmax([0, Math.log(3)], 2)
    expect([low, high]).toEqual([expect.closeTo(0.25, 6), expect.closeTo(0.75, 6)])
  })

  it('sharpens with beta', () => {
    expect(softmax([0, Math.log(3)], 2, 2)[1]).toBeCloseTo(0.9, 6)
  })

  it('neither overflows nor divides by 0', () => {
    expect(softmax([1e38, -1e38, -Infinity], 3)).toEqual([1, 0, 0])
  })

  it('makes a row with NaN all NaN, and only that row', () => {
    expect(softmax([NaN, 1, 2, 2], 2)).toEqual([NaN, NaN, 0.5, 0.5])
  })

  it('has nothing to do on an empty tensor', () => {
    expect(softmax([], 0)).toEqual([])
  })
})

describe.each(['tflite', 'xnnpack'] as const)('softmaxInteger in the %s arithmetic', (arithmetic) => {
  const softmax = (values: readonly number[], inputScale: number): number[] => {
    const output = new Int8Array(values.length)
    const parameters = { arithmetic, depth: values.length, beta: 1, inputScale, outputType: 'int8' } as const
    softmaxInteger(parameters)(Int8Array.from(values), output)
    return [...output]
  }

  it('gives probabilities in steps of 1/256 from -128', () => {
    expect(softmax([5, 5], 0.1)).toEqual([0, 0])
    expect(softmax([5, 5, 5, 5], 0.1)).toEqual([-64, -64, -64, -64])
  })

  it('saturates at 127, since 1 has no representation', () => {
    expect(softmax([127, -128], 1)).toEqual([127, -128])
  })

  it('gives 0 to each of very many equal inputs', () => {
    const output = softmax(new Array<number>(5000).fill(3), 0.1)
    expect(new Set(output)).toEqual(new Set([-128]))
  })

  it('takes uint8 to steps of 1/256 from 0', () => {
    const output = new Uint8Array(2)
    softmaxInteger({ arithmetic, depth: 2, beta: 1, inputScale: 0.1, outputType: 'uint8' })(
      Uint8Array.of(200, 200),
      output,
    )
    expect([...output]).toEqual([128, 128])
  })
})

describe('softmaxInt16', () => {
  it('has tables of float64: those of float32 have entries that are off by one', () => {
    const output = new Int16Array(8)
    const inputScale = 0.00018262893718201667
    softmaxInt16({ arithmetic: 'tflite', depth: 4, beta: 1, inputScale, outputType: 'int16' })(
      Int16Array.of(0, -7618, -6189, -30258, 0, -502, -1266, -4447),
      output,
    )
    expect([...output]).toEqual([20795, 5173, 6716, 83, 10403, 9491, 8256, 4618])
  })
})

interface ScalingLine {
  readonly fn: string
  readonly beta: number
  readonly input_scale: number
  readonly quantized_multiplier: number
  readonly left_shift: number
  readonly diff_min: number
}

describeWithFixtures('softmaxScaling equals the upstream functions on golden values', () => {
  it('PreprocessSoftmaxScaling', () => {
    const lines = goldenLines<ScalingLine>('_primitives').filter(
      ({ fn }) => fn === 'PreprocessSoftmaxScaling',
    )
    expect(lines.length).toBeGreaterThan(0)
    for (const { beta, input_scale, quantized_multiplier, left_shift, diff_min } of lines) {
      expect(softmaxScaling(beta, input_scale)).toEqual({
        multiplier: quantized_multiplier,
        leftShift: left_shift,
        smallestDifference: diff_min,
      })
    }
  })
})
