import { expect, it } from 'vitest'
import { bandExcess, beyondBytes } from './band-excess.ts'

const channels = 20
const shape = { filterWidth: 3, outputChannels: channels }

function filterOf(changes: Readonly<Record<number, number>>): Int16Array {
  const filter = new Int16Array(9 * channels).fill(-128)
  for (const [at, weight] of Object.entries(changes)) filter[Number(at)] = weight
  return filter
}

it('finds panels and columns with weights that exceed bytes, once', () => {
  expect(bandExcess(filterOf({ 3: 127 }), shape, 8)).toEqual({ panels: [], columns: [] })
  // Row 1, column 1, channels 17 and 19; row 2, column 0, channel 1.
  const changes = { [4 * channels + 17]: 128, [4 * channels + 19]: -129, [6 * channels + 1]: 254 }
  expect(bandExcess(filterOf(changes), shape, 8)).toEqual({ panels: [0, 2], columns: [0, 1] })
})

it('takes no weights that two bytes do not hold', () => {
  expect(bandExcess(filterOf({ 7: 255 }), shape, 8)).toBeUndefined()
  expect(bandExcess(filterOf({ 7: -257 }), shape, 8)).toBeUndefined()
})

it('splits weights', () => {
  expect([...beyondBytes(Int16Array.of(-256, -129, -128, 0, 127, 128, 254))]).toEqual([
    -128, -1, 0, 0, 0, 1, 127,
  ])
})
