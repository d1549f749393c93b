import { expect, it } from 'vitest'
import { conv2dGeometry } from '../ops/conv-2d/geometry.ts'
import { float32Epilogue } from './epilogue/float32.ts'
import { conv2dKernel } from './convolution/conv-2d.ts'
import { shapesOf } from './convolution/cases.conformance.ts'
import { float32Loop } from './inner-loop.ts'
import { runKernel } from './run-kernel.conformance.ts'
import { shareRows } from './share-rows.ts'

const each = { size: [5, 4], channels: 3, outputs: 6, window: [3, 3], batches: 3 } as const
const shapes = shapesOf(each, false)
const geometry = conv2dGeometry(shapes)
const filter = Float32Array.from({ length: 6 * 9 * 3 }, (_, at) => (at % 11) - 5)
const zeros = { first: new Float32Array(6), last: new Float32Array(6) }
const epilogue = float32Epilogue(zeros, { min: -Infinity, max: Infinity })
const input = Float32Array.from({ length: 5 * 4 * 3 * 3 }, (_, at) => (at % 7) - 3)
const elements = 3 * 5 * 4 * 6

const build = (rows: typeof geometry) =>
  conv2dKernel({ geometry: rows, form: { kind: 'float32' }, inner: float32Loop, epilogue, filter })

it.each([1, 2, 3, 4, 20])('%i shares make the whole, each its own rows', (count) => {
  const whole = runKernel(build(geometry)!, [input], new Float32Array(elements))
  const joined = new Float32Array(elements)
  const written = new Uint8Array(elements)
  for (let index = 0; index < count; index++) {
    const kernel = shareRows(geometry, { index, count }, { input: 4, output: 4 }, build)!
    // What a kernel leaves alone keeps the guard's bytes, which are no value that is computed here.
    const part = runKernel(kernel, [input], new Float32Array(elements))
    part.forEach((value, at) => {
      if (!Number.isInteger(value)) return
      joined[at] = value
      written[at]!++
    })
  }
  expect(joined).toEqual(whole)
  expect(written.every((times) => times === 1)).toBe(true)
})

it('is the whole kernel without a share, and nothing where nothing is built', () => {
  expect(shareRows(geometry, undefined, { input: 4, output: 4 }, build)!.constants).toHaveLength(2)
  expect(
    shareRows(geometry, { index: 0, count: 2 }, { input: 4, output: 4 }, () => undefined),
  ).toBeUndefined()
})
