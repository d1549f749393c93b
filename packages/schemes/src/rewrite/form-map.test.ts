import type { Tensor } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import type { StoredParameters } from '../plan/plan.ts'
import { formMap } from './form-map.ts'
import { asPlanned, asSource, asUint8 } from './representations.ts'

const weights: StoredParameters = {
  ...{ type: 'int8', scales: [0.5, 0.25, 2], zeroPoints: [0, 0, 0], axis: 0, narrow: true },
}
const tensor = (buffer: number, shape: readonly number[]): Tensor => ({
  ...{ type: 'FLOAT32', buffer, shape, isVariable: false, hasRank: true, externalBuffer: 0 },
})
const source = tensor(3, [3, 2])

describe('a map of forms', () => {
  it('makes once what is the same constant in the same form', () => {
    const map = formMap<number>()
    expect(map.of(source, asPlanned(weights), () => 1)).toBe(1)
    const same = { ...weights, scales: [...weights.scales], rounding: 'nearest' } as const
    expect(map.of({ ...source, name: 'another' }, asPlanned(same), () => 2)).toBe(1)
    expect(map.of(source, asSource, () => 3)).toBe(3)
    expect(map.of(source, asSource, () => 4)).toBe(3)
  })

  it.each<[string, Tensor, StoredParameters]>([
    ['another buffer', tensor(4, [3, 2]), weights],
    ['another shape', tensor(3, [2, 3]), weights],
    ['another type', source, { ...weights, type: 'int4' }],
    ['another first scale', source, { ...weights, scales: [0.125, 0.25, 2] }],
    ['another scale in the middle', source, { ...weights, scales: [0.5, 0.125, 2] }],
    ['fewer scales', source, { ...weights, scales: [0.5], zeroPoints: [0] }],
    ['another zero point', source, { ...weights, zeroPoints: [0, 1, 0] }],
    ['another axis', source, { ...weights, axis: 1 }],
    ['other limits', source, { ...weights, narrow: false }],
    ['another rounding', source, { ...weights, rounding: 'balanced' }],
    ['blocks', source, { ...weights, blockSize: 2 }],
  ])('keeps apart %s', (_, constant, parameters) => {
    const map = formMap<string>()
    map.of(source, asPlanned(weights), () => 'first')
    expect(map.of(constant, asPlanned(parameters), () => 'other')).toBe('other')
    expect(map.of(source, asPlanned(weights), () => 'again')).toBe('first')
  })

  it('keeps apart kinds of one set of parameters', () => {
    const map = formMap<string>()
    map.of(source, asPlanned(weights), () => 'stored')
    expect(map.of(source, { kind: 'dequantized', parameters: weights }, () => 'real')).toBe('real')
    expect(map.of(source, asUint8(weights), () => 'unsigned')).toBe('unsigned')
  })
})
