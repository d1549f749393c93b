import { expect, it } from 'vitest'
import { conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { float32Epilogue } from '../epilogue/float32.ts'
import { float32Loop } from '../inner-loop.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { shapesOf } from './cases.conformance.ts'
import { conv2dKernel } from './conv-2d.ts'
import { shareConvolution } from './share-convolution.ts'

const each = { size: [5, 7], channels: 3, outputs: 6, batches: 2 } as const
const elements = 2 * 5 * 7 * 6
const input = Float32Array.from({ length: 2 * 5 * 7 * 3 }, (_, at) => (at % 7) - 3)
const bytes = { input: 4, output: 4 }

/** The kernel of a share, and the positions of all images that it computes. */
function shared(window: readonly [number, number]) {
  const geometry = conv2dGeometry(shapesOf({ ...each, window }, false))
  const filter = Float32Array.from({ length: 6 * window[0] * window[1] * 3 }, (_, at) => (at % 11) - 5)
  const zeros = { first: new Float32Array(6), last: new Float32Array(6) }
  const epilogue = float32Epilogue(zeros, { min: -Infinity, max: Infinity })
  const build = (rows: typeof geometry) =>
    conv2dKernel({ geometry: rows, form: { kind: 'float32' }, inner: float32Loop, epilogue, filter })
  const whole = runKernel(build(geometry)!, [input], new Float32Array(elements))
  return (share: { index: number; count: number }): number => {
    const kernel = shareConvolution(geometry, share, bytes, build)!
    const part = runKernel(kernel, [input], new Float32Array(elements))
    // What a kernel leaves alone keeps the guard's bytes, which are no value that is computed here.
    const written = [...part.keys()].filter((at) => Number.isInteger(part[at]))
    for (const at of written) expect(part[at]).toBe(whole[at])
    return written.length / 6
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
