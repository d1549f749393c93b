import { describe, expect, it } from 'vitest'
import { conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { i16, usdot } from '../inner-loop.ts'
import type { InnerLoop } from '../inner-loop.ts'
import { convolutionCases, shapesOf } from './cases.conformance.ts'
import type { ConvolutionCase } from './cases.conformance.ts'
import { paddedInput } from './padded-input.ts'
import { restsLast, restsWeights, rowRests, sharedSteps } from './row-rests.ts'
import type { RowRests } from './row-rests.ts'

const form = { kind: 'uint8', signed: true, zeroPoint: 0 } as const
const rgb: ConvolutionCase = { size: [32, 32], channels: 3, outputs: 16, window: [3, 3] }

function restsOf(each: ConvolutionCase, inner: InnerLoop = usdot): RowRests | undefined {
  const geometry = conv2dGeometry(shapesOf(each, false))
  return rowRests(geometry, paddedInput(geometry, form), inner)
}

const stepsOf = (rests: RowRests | undefined): number | undefined =>
  rests && rests.rows * rests.steps + sharedSteps(rests)

describe('rests of rows', () => {
  it('share steps: three rows of RGB pixels one, seven rows two or three, by how far windows move', () => {
    expect(stepsOf(restsOf(rgb))).toBe(7)
    expect(stepsOf(restsOf({ ...rgb, window: [7, 7] }))).toBe(7 * 5 + 3)
    expect(stepsOf(restsOf({ ...rgb, window: [7, 7], stride: 2 }))).toBe(7 * 5 + 2)
  })

  it.each([
    ['one channel leaves no room between windows', { ...rgb, channels: 1, window: [5, 5] as const }],
    ['rows of whole steps', { ...rgb, channels: 4 }],
    ['rests of three bytes', { ...rgb, channels: 5 }],
    ['columns apart', { ...rgb, dilation: 2 }],
    ['one row', { ...rgb, window: [1, 3] as const }],
  ])('do not where that saves nothing: %s', (_, each) => {
    expect(restsOf(each)).toBeUndefined()
  })

  it('do not where few outputs save less than sharing takes, nor with other elements', () => {
    expect(restsOf({ ...rgb, window: [2, 3], stride: 2, outputs: 1 })).toBeUndefined()
    expect(restsOf(rgb, i16)).toBeUndefined()
  })

  it('occur in the cases that kernels are compared with, with several strides and heights', () => {
    const found = convolutionCases.flatMap((each) => restsOf(each) ?? [])
    expect(new Set(found.map(({ stride }) => stride)).size).toBeGreaterThan(4)
    expect(new Set(found.map(({ rows }) => rows)).size).toBeGreaterThan(3)
  })
})

it('moves weights of rests behind those of whole steps', () => {
  const rests = { steps: 1, rows: 3, bytes: 1, together: 2, stride: 2 }
  const weights = Int8Array.from({ length: 30 }, (_, at) => at)
  const moved = restsLast(weights, rests)
  const of = restsWeights(rests)
  const part = (channel: number, index: number): number[] => {
    const { from, count } = of(channel, index)
    return [...moved.subarray(from, from + count)]
  }
  expect([0, 1, 2, 3, 4].map((index) => part(1, index))).toEqual([
    [15, 16, 17, 18],
    [20, 21, 22, 23],
    [25, 26, 27, 28],
    [19, 24],
    [29],
  ])
})
