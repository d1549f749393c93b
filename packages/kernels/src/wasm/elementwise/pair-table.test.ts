import { elementCount, seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { divInteger } from '../../ops/div/integer.ts'
import { squaredDifferenceInteger } from '../../ops/squared-difference/squared-difference.ts'
import { broadcastRows } from '../../shared/broadcast.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { byteVariants, bytesOfType, everyPair, randomParameters } from './byte-cases.conformance.ts'
import { pairShapes } from './pair-shapes.conformance.ts'
import { pairTableKernel } from './pair-table.ts'
import type { PairReference } from './pair-table.ts'
import { runInShares } from './shares.conformance.ts'

const operators = [
  { name: 'DIV', build: divInteger },
  { name: 'SQUARED_DIFFERENCE', build: squaredDifferenceInteger },
] as const
const each = operators.flatMap((operator) => byteVariants.map((variant) => ({ ...operator, variant })))

describe.each(each)('$name of $variant.type, $variant.arithmetic', ({ build, variant }) => {
  const random = seededRandom(6)
  const { type } = variant
  const drawn = () => {
    const scale = (): number => 2 ** (random.integer(9) - 6) * (1 + random.next())
    const parameters = randomParameters(random, variant, [scale(), scale(), scale()])
    const reference: PairReference = (rows) => build({ ...parameters, rows }) as ReturnType<PairReference>
    return { parameters, reference }
  }

  it('equals the reference for every pair', () => {
    const [a, b] = everyPair(type)
    const { parameters, reference } = drawn()
    const expected = bytesOfType(type, a.length)
    reference(parameters.rows)(a, b, expected)
    const kernel = pairTableKernel(type, reference, parameters.rows)
    const found = runKernel(kernel, [a, b], bytesOfType(type, a.length))
    expect(found.every((value, at) => value === expected[at])).toBe(true)
  })

  it('equals it when an operand is repeated', () => {
    const { reference } = drawn()
    const draw = (shape: Shape) => bytesOfType(type, elementCount(shape)).map(() => random.integer(256))
    for (const [aShape, bShape] of pairShapes.filter((_, at) => at % 12 === 0)) {
      const rows = broadcastRows(aShape, bShape)
      const [a, b] = [draw(aShape), draw(bShape)]
      const expected = bytesOfType(type, elementCount(rows.shape))
      reference(rows)(a, b, expected)
      const output = bytesOfType(type, expected.length)
      expect(runInShares((share) => pairTableKernel(type, reference, rows, share), [a, b], output)).toEqual(
        expected,
      )
    }
  })
})
