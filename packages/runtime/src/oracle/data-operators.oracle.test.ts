import { seededRandom } from '@quantrx/core'
import { describeWithFixtures, goldenCases } from '@quantrx/testing'
import { expect, it } from 'vitest'
import { compareWithLiteRt, randomBytes } from './compare.conformance.ts'
import { choosingOperators } from './choosing-operators.conformance.ts'
import { editModel, requantized } from './edit-model.conformance.ts'
import { foldingOperators } from './folding-operators.conformance.ts'
import { movingOperators } from './moving-operators.conformance.ts'
import { productOperators } from './product-operators.conformance.ts'
import { rareOperators } from './rare-operators.conformance.ts'
import { randomInputs, randomModel } from './random-operators.conformance.ts'
import type { RandomOperator } from './random-operators.conformance.ts'

const operators = {
  ...movingOperators,
  ...choosingOperators,
  ...productOperators,
  ...rareOperators,
  ...foldingOperators,
}

describeWithFixtures('SUM on integers gives the same bits as LiteRT', () => {
  it.each(['INT8', 'UINT8'] as const)('of %s with random scales', async (type) => {
    const random = seededRandom(23)
    const found = { values: 0, different: 0 }
    for (const { model } of goldenCases('SUM')) {
      const rescaled = editModel(model, {
        tensor: (tensor) =>
          tensor.type === 'INT8'
            ? requantized(tensor, [Math.fround(0.1 * 2 ** (-5 * random.next()))], random.integer(120), type)
            : tensor,
      })
      const { values, different } = await compareWithLiteRt(rescaled, (tensors) =>
        Array.from({ length: 16 }, () => tensors.map((tensor) => randomBytes(tensor, random))),
      )
      found.values += values
      found.different += different
    }
    expect(found.different).toBe(0)
    expect(found.values).toBeGreaterThan(3000)
  })
})

it.each(Object.keys(operators))('%s of random shapes agrees with LiteRT', async (kind) => {
  const random = seededRandom(17)
  const wrong: unknown[] = []
  let values = 0
  for (let round = 0; round < 8; round++) {
    const drawn = { kind, ...operators[kind]!(random) } as RandomOperator
    const found = await compareWithLiteRt(randomModel(drawn), (inputs) =>
      [1, 2].map(() => randomInputs(drawn, inputs, random)),
    )
    values += found.values
    if (found.refusal !== undefined || found.largest > 1e-5 * found.magnitude) wrong.push({ drawn, found })
  }
  expect(wrong).toEqual([])
  expect(values).toBeGreaterThan(10)
})
