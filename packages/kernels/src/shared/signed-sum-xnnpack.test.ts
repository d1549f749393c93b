import { describe, expect, it } from 'vitest'
import { broadcastRows } from './broadcast.ts'
import { signedSumInteger } from './signed-sum.ts'
import { signedSumXnnpack, xnnpackTakesSum } from './signed-sum-xnnpack.ts'

const parameters = {
  arithmetic: 'xnnpack',
  type: 'int8',
  a: { scale: 0.5, zeroPoint: 0 },
  b: { scale: 0.25, zeroPoint: 10 },
  output: { scale: 1, zeroPoint: -1 },
  rows: broadcastRows([3], [3]),
  range: { min: -128, max: 90 },
} as const

describe('signedSumXnnpack', () => {
  const a = Int8Array.of(4, -1, 127)
  const b = Int8Array.of(14, 10, 127)
  const output = new Int8Array(3)

  it('rounds halves up, where the other arithmetic rounds them away from zero', () => {
    // 2 + 1, -0.5 + 0 and 63.5 + 29.25, each -1 for the zero point
    signedSumXnnpack(1, parameters)(a, b, output)
    expect([...output]).toEqual([2, -1, 90])
    signedSumXnnpack(-1, parameters)(a, b, output)
    expect([...output]).toEqual([0, -1, 33])
    signedSumInteger(1, { ...parameters, arithmetic: 'tflite' })(a, b, output)
    expect([...output]).toEqual([2, -2, 90])
  })
})

describe('xnnpackTakesSum', () => {
  const taken = (scale: number): boolean => xnnpackTakesSum({ ...parameters, a: { scale, zeroPoint: 0 } })

  it('leaves scales that are far apart, int16 and the other arithmetic alone', () => {
    expect([2 ** -10, 1, 255].map(taken)).toEqual([true, true, true])
    expect([2 ** -11, 256].map(taken)).toEqual([false, false])
    expect(xnnpackTakesSum({ ...parameters, type: 'int16' })).toBe(false)
    expect(xnnpackTakesSum({ ...parameters, arithmetic: 'tflite' })).toBe(false)
  })
})
