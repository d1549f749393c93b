import { describe, expect, it } from 'vitest'
import { checkFinite } from './sample.ts'
import type { Tensor } from './tensor.ts'

const sampleOf = (type: 'float32' | 'float64', data: Tensor['data']) => ({
  index: 4,
  inputs: [{ type, shape: [data.length], data } as Tensor],
})

describe.each([
  ['float32', Float32Array],
  ['float64', Float64Array],
] as const)('checkFinite of %s', (type, Values) => {
  it.each([0, 7, 8, 9, 15, 16, 18])('names the first value that is not finite, at %i', (at) => {
    for (const value of [NaN, Infinity, -Infinity]) {
      const data = new Values(19).fill(value, at)
      expect(() => checkFinite(sampleOf(type, data), 'observe')).toThrow(
        `"sample 4, input 0": got ${value} at position ${at}`,
      )
    }
  })

  it('sees infinities that cancel each other', () => {
    const data = new Values(16)
    data.set([Infinity, -Infinity], 9)
    expect(() => checkFinite(sampleOf(type, data), 'observe')).toThrow('got Infinity at position 9')
  })

  it('takes the largest numbers, whose sum is infinite', () => {
    const largest = type === 'float32' ? 2 ** 127 : Number.MAX_VALUE
    const data = new Values(20).fill(largest)
    expect(() => checkFinite(sampleOf(type, data), 'observe')).not.toThrow()
    data[17] = NaN
    expect(() => checkFinite(sampleOf(type, data), 'observe')).toThrow('got NaN at position 17')
  })
})
