import { expect, it } from 'vitest'
import { conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { shapesOf } from './cases.conformance.ts'
import { paddedInput } from './padded-input.ts'
import { excessOffsets, weightExcess, withExcess } from './weight-excess.ts'

const channels = 6
const outputs = 2
const geometry = conv2dGeometry(
  shapesOf({ size: [5, 5], channels, outputs, window: [2, 2], dilation: 2 }, false),
)

function filterWith(changes: Readonly<Record<number, number>>): Int16Array {
  const filter = new Int16Array(outputs * 4 * channels).fill(7)
  for (const [at, weight] of Object.entries(changes)) filter[Number(at)] = weight
  return filter
}

it('finds nothing where bytes hold all weights', () => {
  expect(weightExcess(filterWith({ 0: -128, 47: 127 }), geometry, outputs)).toEqual([])
  expect(weightExcess(new Int8Array(48), geometry, outputs)).toEqual([])
})

it('finds the step of four channels that a weight is in, once for all channels of output', () => {
  // Elements 11 and 9 of the two outputs: the second pixel, channels 5 and 3.
  const filter = filterWith({ 11: 128, 33: -200, 35: 254 })
  expect(weightExcess(filter, geometry, outputs)).toEqual([6, 10])
})

it('takes no weights that two bytes do not hold, nor so many that other products are faster', () => {
  expect(weightExcess(filterWith({ 0: 255 }), geometry, outputs)).toBeUndefined()
  expect(weightExcess(filterWith({ 0: -257 }), geometry, outputs)).toBeUndefined()
  const everywhere = new Int16Array(outputs * 4 * channels).fill(130)
  expect(weightExcess(everywhere, geometry, outputs)).toBeUndefined()
})

it('tells how far the steps are from the window', () => {
  const input = paddedInput(geometry, { kind: 'uint8', signed: false, zeroPoint: 3 })
  const rowBytes = (5 + input.left + input.right) * channels
  const pixel = 2 * channels
  expect(excessOffsets(input, geometry, [4, 6, 16])).toEqual([4, pixel, 2 * rowBytes + 4])
})

it('splits weights into bytes and what is left of them', () => {
  const filter = filterWith({ 11: 128, 33: -200, 35: 254 })
  const ordered = { weights: filter, weightsOf: (channel: number) => ({ from: channel * 24, count: 24 }) }
  const { weights, weightsOf } = withExcess(ordered, filter, geometry, [6, 10], outputs, 1)
  const part = (channel: number, at: number): readonly number[] => {
    const { from, count } = weightsOf(channel, at)
    return [...weights.subarray(from, from + count)]
  }
  expect([part(0, 0)[11], part(1, 0)[9], part(1, 0)[11], part(1, 0)[0]]).toEqual([127, -128, 127, 7])
  expect([part(0, 1), part(0, 2)]).toEqual([
    [0, 0, 0, 0],
    [0, 1],
  ])
  expect([part(1, 1), part(1, 2)]).toEqual([
    [0, 0, 0, -72],
    [0, 127],
  ])
})
