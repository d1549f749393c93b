import { describe, expect, it } from 'vitest'
import { broadcastRows } from './broadcast.ts'
import { signedSumFloat32, signedSumInt32, signedSumInteger } from './signed-sum.ts'

const everything = { min: -Infinity, max: Infinity }

describe('signedSumFloat32', () => {
  it('adds and subtracts with one rounding to float32', () => {
    const rows = broadcastRows([2], [2])
    const [a, b, output] = [Float32Array.of(16777216, 1), Float32Array.of(1, 0.5), new Float32Array(2)]
    signedSumFloat32(1, { rows, range: everything })(a, b, output)
    expect([...output]).toEqual([16777216, 1.5])
    signedSumFloat32(-1, { rows, range: everything })(a, b, output)
    expect([...output]).toEqual([16777215, 0.5])
  })

  it('repeats the smaller operand on either side and clamps', () => {
    const range = { min: 0, max: 6 }
    const output = new Float32Array(4)
    const [matrix, row] = [Float32Array.of(1, 2, 3, 4), Float32Array.of(-2, 3)]
    signedSumFloat32(1, { rows: broadcastRows([2, 2], [2]), range })(matrix, row, output)
    expect([...output]).toEqual([0, 5, 1, 6])
    signedSumFloat32(-1, { rows: broadcastRows([2], [2, 2]), range })(row, matrix, output)
    expect([...output]).toEqual([0, 1, 0, 0])
  })

  it('keeps NaN through the clamp', () => {
    const output = new Float32Array(1)
    const kernel = signedSumFloat32(1, { rows: broadcastRows([1], [1]), range: { min: 0, max: 6 } })
    kernel(Float32Array.of(NaN), Float32Array.of(1), output)
    expect(output[0]).toBeNaN()
  })
})

it('signedSumInt32 wraps around at 2^31', () => {
  const output = new Int32Array(2)
  const kernel = signedSumInt32(-1, { rows: broadcastRows([2], []), range: everything })
  kernel(Int32Array.of(-2147483648, 5), Int32Array.of(1), output)
  expect([...output]).toEqual([2147483647, 4])
})

describe('signedSumInteger', () => {
  const rows = broadcastRows([4], [4])
  const scales = {
    arithmetic: 'tflite',
    type: 'int8',
    a: { scale: 0.5, zeroPoint: 0 },
    b: { scale: 0.25, zeroPoint: 10 },
    output: { scale: 1, zeroPoint: -1 },
    rows,
    range: { min: -128, max: 127 },
  } as const
  const a = Int8Array.of(4, 1, -1, 127)
  const b = Int8Array.of(14, 10, 10, 127)

  it('computes on the real numbers, halves away from zero', () => {
    const output = new Int8Array(4)
    signedSumInteger(1, scales)(a, b, output)
    // 2 + 1, 0.5 + 0, -0.5 + 0 and 63.5 + 29.25, each -1 for the zero point
    expect([...output]).toEqual([2, 0, -2, 92])
    signedSumInteger(-1, scales)(a, b, output)
    expect([...output]).toEqual([0, 0, -2, 33])
  })

  it('clamps to the range of the activation', () => {
    const output = new Int8Array(4)
    signedSumInteger(1, { ...scales, range: { min: -1, max: 5 } })(a, b, output)
    expect([...output]).toEqual([2, 0, -1, 5])
  })

  it('takes int16 with its own headroom', () => {
    const output = new Int16Array(1)
    const wide = {
      ...scales,
      type: 'int16',
      rows: broadcastRows([1], [1]),
      b: { scale: 0.25, zeroPoint: 0 },
      output: { scale: 1, zeroPoint: 0 },
      range: { min: -32768, max: 32767 },
    } as const
    signedSumInteger(1, wide)(Int16Array.of(32767), Int16Array.of(32767), output)
    expect([...output]).toEqual([24575])
  })
})
