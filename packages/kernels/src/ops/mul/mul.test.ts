import { describe, expect, it } from 'vitest'
import { broadcastRows } from '../../shared/broadcast.ts'
import { mulFloat32 } from './float32.ts'
import { mulInt32 } from './int32.ts'
import { mulInteger } from './integer.ts'

const everything = { min: -Infinity, max: Infinity }

it('mulFloat32 repeats channels, clamps and keeps NaN', () => {
  const output = new Float32Array(4)
  const kernel = mulFloat32({ rows: broadcastRows([2, 2], [2]), range: { min: 0, max: 6 } })
  kernel(Float32Array.of(1, 2, NaN, 4), Float32Array.of(-1, 2), output)
  expect([...output]).toEqual([0, 4, NaN, 6])
})

it('mulInt32 multiplies modulo 2^32', () => {
  const output = new Int32Array(2)
  mulInt32({ rows: broadcastRows([2], []), range: everything })(
    Int32Array.of(65537, -3),
    Int32Array.of(65537),
    output,
  )
  expect([...output]).toEqual([131073, -196611])
})

describe('mulInteger', () => {
  const parameters = {
    arithmetic: 'tflite',
    type: 'int8',
    a: { scale: 0.5, zeroPoint: 1 },
    b: { scale: 0.25, zeroPoint: -2 },
    output: { scale: 0.25, zeroPoint: 3 },
    rows: broadcastRows([4], [4]),
    range: { min: -128, max: 127 },
  } as const

  it('multiplies the real numbers; a half goes up where the high multiply is the only rounding', () => {
    const output = new Int8Array(4)
    // products of stored integers less zero points: 4 * 3, 1 * 1, -1 * 1, 126 * 129; halved
    mulInteger(parameters)(Int8Array.of(5, 2, 0, 127), Int8Array.of(1, -1, -1, 127), output)
    expect([...output]).toEqual([9, 4, 3, 127])
  })

  it('takes factors above 1', () => {
    const output = new Int8Array(1)
    const amplified = {
      ...parameters,
      output: { scale: 0.03125, zeroPoint: 0 },
      rows: broadcastRows([1], [1]),
    }
    mulInteger(amplified)(Int8Array.of(3), Int8Array.of(3), output)
    expect([...output]).toEqual([40])
  })
})

it('mulInteger rounds halves to even in the xnnpack arithmetic', () => {
  const output = new Int8Array(3)
  const kernel = mulInteger({
    arithmetic: 'xnnpack',
    type: 'int8',
    a: { scale: 0.5, zeroPoint: 0 },
    b: { scale: 1, zeroPoint: 0 },
    output: { scale: 1, zeroPoint: 10 },
    rows: broadcastRows([3], []),
    range: { min: -128, max: 127 },
  })
  kernel(Int8Array.of(1, 3, -1), Int8Array.of(1), output)
  expect([...output]).toEqual([10, 12, 10])
})

it('mulInteger of a tensor with itself adds the zero point before it rounds in the xnnpack arithmetic', () => {
  const output = new Int8Array(3)
  const parameters = {
    arithmetic: 'xnnpack',
    type: 'int8',
    a: { scale: 1, zeroPoint: 0 },
    b: { scale: 1, zeroPoint: 0 },
    output: { scale: 2, zeroPoint: 1 },
    rows: broadcastRows([3], [3]),
    range: { min: -128, max: 127 },
  } as const
  const input = Int8Array.of(1, -3, 100)
  // 0.5 and 4.5: rounded to even with the zero point 2 and 6, without it 0 + 1 and 4 + 1
  mulInteger({ ...parameters, sameOperand: true })(input, input, output)
  expect([...output]).toEqual([2, 6, 127])
  mulInteger(parameters)(input, input, output)
  expect([...output]).toEqual([1, 5, 127])
})
