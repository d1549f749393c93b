import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { multiplyByQuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import { get } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { beginScaledWords } from './scaled-words.ts'
import type { WordScale } from './scaled-words.ts'
import { unaryWalk } from './walk.ts'

function scaledKernel(scale: WordScale, elements: number): GeneratedKernel {
  const operator = {
    ...{ name: 'int32', operandBytes: 4, outputBytes: 4, blockElements: 4 },
    ...{ constants: [], scratchBytes: 0 },
    begin(f: Parameters<typeof beginScaledWords>[0]) {
      const multiply = beginScaledWords(f, scale)
      const quad = f.local('v128')
      return ({ operands: [operand], output, elements: count }) => {
        f.set(quad, operand!.vector(0))
        multiply(quad)
        storeBytes(f, quad, 0, count * 4, get(output), 0)
      }
    },
  } as const satisfies Parameters<typeof elementwiseKernel>[0]
  return elementwiseKernel(operator, unaryWalk(elements))
}

it.each([false, true])('equals both roundings of the reference, doubled: %s', (doubled) => {
  const random = seededRandom(3)
  const [least, most] = [-(2 ** 30), doubled ? 2 ** 30 - 1 : 2 ** 30]
  for (let right = 0; right <= (doubled ? 31 : 30); right++) {
    for (const multiplier of [0, 2 ** 30, 2 ** 31 - 1, 2 ** 30 + random.integer(2 ** 30)]) {
      const halves = Array.from({ length: 40 }, (_, at) => (at - 20) * 2 ** Math.max(0, right - 1))
      const numbers = [
        ...[0, 1, -1, 2, -2, 3, -3, most - 1, most, least, least + 1],
        ...halves.flatMap((half) => [half - 1, half, half + 1]),
        ...Array.from({ length: 100 }, () => random.integer(2 ** 31) + least),
      ].filter((value) => value >= least && value <= most)
      const input = Int32Array.from(numbers, (value) => (doubled ? 2 * value : value))
      const expected = numbers.map((value) => multiplyByQuantizedMultiplier(value, multiplier, -right))
      const kernel = scaledKernel({ multiplier, right, doubled }, input.length)
      expect([...runKernel(kernel, [input], new Int32Array(input.length))]).toEqual(expected)
    }
  }
})
