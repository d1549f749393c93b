import { seededRandom } from '@quantrx/core'
import { describeWithFixtures, goldenCases } from '@quantrx/testing'
import { expect, it } from 'vitest'
import { compareWithLiteRt, randomBytes } from './compare.conformance.ts'

/** Operators that round once for each output, and one whose order of summation is LiteRT's. */
const operators = [
  ...['ADD', 'SUB', 'MUL', 'MAX_POOL_2D', 'RELU', 'RELU6', 'PAD', 'CONCATENATION'],
  'DEPTHWISE_CONV_2D',
]

describeWithFixtures('float operators give the same bits as LiteRT in the xnnpack arithmetic', () => {
  it.each(operators)('%s', async (operator) => {
    const random = seededRandom(5)
    const wrong: unknown[] = []
    let values = 0
    for (const { id, tag, model, inputs } of goldenCases(`${operator}.f32`)) {
      const found = await compareWithLiteRt(model, (tensors) => [
        inputs.map(({ bytes }) => bytes),
        ...[1, 2, 3].map(() => tensors.map((tensor) => randomBytes(tensor, random))),
      ])
      values += found.values
      if (found.different > 0) wrong.push({ id, tag, ...found })
    }
    expect(wrong).toEqual([])
    expect(values).toBeGreaterThan(200)
  })
})
