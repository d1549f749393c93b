import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { absElements } from '../../ops/abs/abs.ts'
import { ceilElements } from '../../ops/ceil/ceil.ts'
import { floorElements } from '../../ops/floor/floor.ts'
import { negElements } from '../../ops/neg/neg.ts'
import { roundElements } from '../../ops/round/round.ts'
import { squareFloat32 } from '../../ops/square/square.ts'
import * as maps from './float32-maps.ts'
import { runInShares } from './shares.conformance.ts'

const random = seededRandom(8)
const magnitudes = [
  ...[0, 0.25, 0.5, 0.49999997, 0.50000006, 1, 1.5, 2.5, 3.5, 1 / 3, 1e-45, 1e-38, 1e-23, 1e20, 3.4e38],
  ...[8388607.5, 8388608, 8388609, 4194303.5, 4194304.5, 2 ** 31, 2 ** 32, Infinity, NaN],
  ...Array.from({ length: 400 }, () => random.next() * 2 ** (random.integer(60) - 30)),
]
const inputs = Float32Array.from([...magnitudes, ...magnitudes.map((value) => -value)])

it.each([
  ['ABS', absElements, maps.absFloat32Kernel],
  ['CEIL', ceilElements, maps.ceilFloat32Kernel],
  ['FLOOR', floorElements, maps.floorFloat32Kernel],
  ['NEG', negElements, maps.negFloat32Kernel],
  ['SQUARE', squareFloat32, maps.squareFloat32Kernel],
  ['ROUND', roundElements, maps.roundFloat32Kernel],
] as const)('%s equals the reference bit for bit', (_, reference, kernel) => {
  const lengths = [...Array.from({ length: 70 }, (__, index) => index + 1), inputs.length]
  for (const length of lengths) {
    const some = inputs.slice(-length)
    const expected = new Float32Array(length)
    reference(some, expected)
    const found = runInShares((share) => kernel(length, share), [some], new Float32Array(length))
    // Unlike toEqual, Object.is tells 0 from -0 in every version of the test runner.
    found.forEach((value, at) => {
      if (!Object.is(value, expected[at])) expect.fail(`of ${some[at]}: ${value}, expected ${expected[at]}`)
    })
  }
})
