import { viewBytes } from '@quantrx/core'
import { expect, it } from 'vitest'
import type { StoredParameters } from '../plan/plan.ts'
import { quantizeConstant } from './constants.ts'

const quantized = (
  values: readonly number[],
  parameters: StoredParameters & { readonly type: 'int8' | 'int16' | 'int32' | 'float16' },
): readonly number[] => {
  const bytes = new Uint8Array(Float32Array.from(values).buffer)
  return Array.from(viewBytes(parameters.type, quantizeConstant(bytes, [2, 2], parameters)))
}

it('quantizes activations with their zero point over all of int8', () => {
  const parameters = { type: 'int8', scales: [0.5], zeroPoints: [-28], axis: 0 } as const
  expect(quantized([-50, 0, 0.25, 1000], parameters)).toEqual([-128, -28, -27, 127])
})

it('uses all of int8 for activations whose zero point happens to be 0', () => {
  const parameters = { type: 'int8', scales: [0.5], zeroPoints: [0], axis: 0 } as const
  expect(quantized([-64, 0, 1, 100], parameters)).toEqual([-128, 0, 2, 127])
  expect(quantized([-64, 0, 1, 100], { ...parameters, narrow: true })).toEqual([-127, 0, 2, 127])
})

it('quantizes weights along their axis', () => {
  const parameters = { type: 'int8', scales: [0.5, 0.25], zeroPoints: [0, 0], narrow: true } as const
  expect(quantized([1, 1, 100, -100], { ...parameters, axis: 0 })).toEqual([2, 2, 127, -127])
  expect(quantized([1, 1, 2, 2], { ...parameters, axis: 1 })).toEqual([2, 4, 4, 8])
})

it('quantizes a bias to int32', () => {
  const parameters = { type: 'int32', scales: [0.5, 0.25, 1, 2], zeroPoints: [0, 0, 0, 0], axis: 0 } as const
  expect(quantized([1e6, -1, 0.5, -1], parameters)).toEqual([2e6, -4, 1, -1])
})
