import { expect, it } from 'vitest'
import { conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { float32Epilogue } from '../epilogue/float32.ts'
import { float32Loop } from '../inner-loop.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { shapesOf } from './cases.conformance.ts'
import { conv2dKernel } from './conv-2d.ts'
import type { Span } from '../share.ts'
import { shareConvolution } from './share-convolution.ts'

const each = { size: [5, 7], channels: 3, outputs: 6, batches: 2 } as const
const input = Float32Array.from({ length: 2 * 5 * 7 * 3 }, (_, at) => (at % 7) - 3)
const bytes = { input: 4, output: 4 }

/** Computes a share, compares it to the same of the whole, and gives the positions of all images that it computes. */
function shared(window: readonly [number, number], outputs = 6) {
  const geometry = conv2dGeometry(shapesOf({ ...each, outputs, window }, false))
  const filter = Float32Array.from({ length: outputs * window[0] * window[1] * 3 }, (_, at) => (at % 11) - 5)
  const bias = Float32Array.from({ length: outputs }, (_, at) => at)
  const zeros = { first: bias, last: new Float32Array(outputs) }
  const epilogue = float32Epilogue(zeros, { min: -Infinity, max: Infinity })
  const build = (rows: typeof geometry, channels?: Span) =>
    conv2dKernel({
      geometry: rows,
      form: { kind: 'float32' },
      inner: float32Loop,
      epilogue,
      filter,
      channels,
    })
  const elements = 2 * 5 * 7 * outputs
  const whole = runKernel(build(geometry)!, [input], new Float32Array(elements))
  return (share: { index: number; count: number }): number => {
    const kernel = shareConvolution(geometry, share, bytes, build)!
    const part = runKernel(kernel, [input], new Float32Array(elements))
    // What a kernel leaves alone keeps the guard's bytes, which are no value that is computed here.
    const written = [...part.keys()].filter((at) => Number.isInteger(part[at]))
    expect(written.filter((at) => !Object.is(part[at], whole[at]))).toEqual([])
    return written.length / outputs
  }
}

const computed = (window: readonly [number, number], count: number): readonly number[] => {
  const positions = shared(window)
  return Array.from({ length: count }, (_, index) => positions({ index, count }))
}

it('divides the positions of windows of one element at whole tiles, where there are enough', () => {
  expect(computed([1, 1], 1)).toEqual([70])
  expect(computed([1, 1], 2)).toEqual([36, 34])
  expect(computed([1, 1], 20)).toEqual(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 4 : 3)))
})

it('divides the rows of other windows', () => {
  expect(computed([3, 3], 2)).toEqual([35, 35])
  expect(computed([3, 3], 3)).toEqual([21, 28, 21])
})

it('divides channels where there are many more of them than positions', () => {
  const positions = shared([1, 1], 303)
  const shares = Array.from({ length: 2 }, (_, index) => positions({ index, count: 2 }))
  expect(shares.map((each) => Math.round((each * 303) / 70))).toEqual([160, 143])
  const many = Array.from({ length: 20 }, (_, index) => positions({ index, count: 20 }))
  expect(many.reduce((sum, each) => sum + each)).toBeCloseTo(70)
  const more = Array.from({ length: 80 }, (_, index) => positions({ index, count: 80 }))
  expect(Math.min(...more)).toBe(0)
  expect(more.reduce((sum, each) => sum + each)).toBeCloseTo(70)
})
