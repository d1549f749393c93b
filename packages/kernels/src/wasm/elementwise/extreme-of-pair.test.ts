import { allocate, elementCount, seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { larger } from '../../ops/maximum/maximum.ts'
import { smaller } from '../../ops/minimum/minimum.ts'
import { broadcastRows } from '../../shared/broadcast.ts'
import { pairElements } from '../../shared/elements.ts'
import { extremeOfPairKernel } from './extreme-of-pair.ts'
import { runInShares } from './shares.conformance.ts'

const extremes = { larger, smaller } as const
const special = {
  float32: [0, -0, NaN, Infinity, -Infinity, 1, -1, 1e-45, -1e-45, 3e38],
  int32: [0, -1, 1, 2 ** 31 - 1, -(2 ** 31), 65536, 255, -256],
  int16: [0, -1, 1, 32767, -32768, 255, -256, 100],
  int8: [0, -1, 1, 127, -128, 100],
  uint8: [0, 1, 127, 128, 255, 200],
} as const
const types = ['float32', 'int32', 'int16', 'int8', 'uint8'] as const
const each = types.flatMap((type) => (['larger', 'smaller'] as const).map((extreme) => ({ type, extreme })))

describe.each(each)('the $extreme of $type', ({ type, extreme }) => {
  const random = seededRandom(9)
  const draw = (shape: Shape) => {
    const values = allocate(type, elementCount(shape))
    return values.map(() => special[type][random.integer(special[type].length)]!)
  }
  const expectEqual = (aShape: Shape, bShape: Shape): void => {
    const rows = broadcastRows(aShape, bShape)
    const [a, b] = [draw(aShape), draw(bShape)]
    const expected = allocate(type, elementCount(rows.shape))
    pairElements<number>(rows, extremes[extreme])(a, b, expected)
    const output = allocate(type, elementCount(rows.shape))
    const found = runInShares((share) => extremeOfPairKernel(type, extreme, rows, share), [a, b], output)
    found.forEach((value, at) => {
      if (!Object.is(value, expected[at])) expect.fail(`at ${at}: ${value}, expected ${expected[at]}`)
    })
  }

  it('equals the reference for any number of elements', () => {
    for (let length = 1; length <= 70; length += type === 'int8' ? 1 : 3) expectEqual([length], [length])
    expectEqual([1000], [1000])
  })

  it('equals it when either operand is repeated', () => {
    for (let channels = 1; channels <= 40; channels += 5) {
      expectEqual([3, 5, channels], [channels])
      expectEqual([channels], [3, 5, channels])
      expectEqual([2, channels, 3], [2, 1, 3])
      expectEqual([channels, 7], [])
      expectEqual([1], [channels])
    }
  })
})
