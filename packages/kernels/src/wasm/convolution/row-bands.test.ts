import { expect, it } from 'vitest'
import { conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { shapesOf } from './cases.conformance.ts'
import type { ConvolutionCase } from './cases.conformance.ts'
import { paddedInput } from './padded-input.ts'
import { rowBands } from './row-bands.ts'
import type { RowBands } from './row-bands.ts'

function bandsOf(each: ConvolutionCase): RowBands | undefined {
  const geometry = conv2dGeometry(shapesOf(each, false))
  return rowBands(geometry, paddedInput(geometry, { kind: 'uint8', signed: true, zeroPoint: 0 }))
}

const large: ConvolutionCase = { size: [224, 224], channels: 3, outputs: 8, window: [3, 3], stride: 2 }

it('divides a large image into bands that share the rows between them', () => {
  expect(bandsOf(large)).toEqual({ parts: [{ size: 8, count: 14 }], overlap: 1 })
  expect(bandsOf({ ...large, window: [2, 2], padding: 'VALID' })?.overlap).toBe(0)
})

it('leaves small images whole, and those whose bands would be little more than what they share', () => {
  expect(bandsOf({ ...large, size: [32, 32] })).toBeUndefined()
  expect(bandsOf({ ...large, size: [56, 56], channels: 128, stride: 1 })).toBeUndefined()
})
