import { allocate, elementCount, seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { activationRange } from '../../arithmetic/activation-range.ts'
import { divFloat32 } from '../../ops/div/plain.ts'
import {
  squaredDifferenceFloat32,
  squaredDifferenceInt32,
} from '../../ops/squared-difference/squared-difference.ts'
import { broadcastRows } from '../../shared/broadcast.ts'
import type { BroadcastRows } from '../../shared/broadcast.ts'
import { pairElements } from '../../shared/elements.ts'
import type { ElementsPairing } from '../../shared/elements.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { runInShares } from './shares.conformance.ts'
import { divFloat32Kernel, squaredDifferenceKernel } from './word-pairs.ts'

const values = {
  float32: [
    ...[0, -0, 1, -1, 3, 1 / 3, 6.0000005, 1e-45, -1e-45, 1e-30, 3e38, -3e38, 16777217, 16777219],
    ...[Infinity, -Infinity, NaN],
  ],
  int32: [0, 1, -1, 3, 46341, -46341, 2 ** 31 - 1, -(2 ** 31), 123456789, -987654321],
} as const

interface Case {
  readonly name: string
  readonly type: 'float32' | 'int32'
  reference(rows: BroadcastRows): ElementsPairing<number>
  kernel(rows: BroadcastRows, share?: Share): GeneratedKernel
}

const cases: readonly Case[] = [
  ...(['NONE', 'RELU', 'RELU6', 'RELU_N1_TO_1'] as const).map((activation): Case => {
    const range = activationRange(activation)
    return {
      ...{ name: `DIV, ${activation}`, type: 'float32' },
      reference: (rows) => divFloat32({ rows, range }) as ElementsPairing<number>,
      kernel: (rows, share) => divFloat32Kernel({ rows, range }, share),
    }
  }),
  {
    ...{ name: 'SQUARED_DIFFERENCE of float32', type: 'float32' },
    reference: (rows) => pairElements(rows, squaredDifferenceFloat32),
    kernel: (rows, share) => squaredDifferenceKernel('float32', rows, share),
  },
  {
    ...{ name: 'SQUARED_DIFFERENCE of int32', type: 'int32' },
    reference: (rows) => pairElements(rows, squaredDifferenceInt32),
    kernel: (rows, share) => squaredDifferenceKernel('int32', rows, share),
  },
]

describe.each(cases)('$name', ({ type, reference, kernel }) => {
  const random = seededRandom(3)
  const each = values[type]
  const draw = (shape: Shape) =>
    allocate(type, elementCount(shape)).map(() => each[random.integer(each.length)]!)
  const expectEqual = (a: ReturnType<typeof draw>, b: ReturnType<typeof draw>, rows: BroadcastRows): void => {
    const expected = allocate(type, elementCount(rows.shape))
    reference(rows)(a, b, expected)
    const output = allocate(type, expected.length)
    const found = runInShares((share) => kernel(rows, share), [a, b], output)
    found.forEach((value, at) => {
      if (!Object.is(value, expected[at])) expect.fail(`at ${at}: ${value}, expected ${expected[at]}`)
    })
  }

  it('equals the reference for every special value with every other', () => {
    const count = each.length ** 2
    const a = allocate(type, count).map((_, at) => each[at % each.length]!)
    const b = allocate(type, count).map((_, at) => each[Math.floor(at / each.length)]!)
    expectEqual(a, b, broadcastRows([count], [count]))
  })

  it.each<readonly [Shape, Shape]>([
    [[3, 5, 7], [7]],
    [[7], [3, 5, 7]],
    [[33], []],
    [
      [2, 9, 3],
      [2, 1, 3],
    ],
    [[37], [37]],
  ])('equals it at shapes %j and %j', (aShape, bShape) => {
    expectEqual(draw(aShape), draw(bShape), broadcastRows(aShape, bShape))
  })
})
