import { seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import { describeWithFixtures, goldenCases } from '@quantrx/testing'
import { describe, expect, it } from 'vitest'
import { compareWithLiteRt, randomBytes } from './compare.conformance.ts'
import { editModel, requantized } from './edit-model.conformance.ts'

const operators = ['ADD', 'SUB', 'MUL', 'MEAN', 'LOGISTIC', 'TANH', 'QUANTIZE', 'DEQUANTIZE', 'RELU', 'RELU6']

/** The model with every int8 tensor made `type` and given a scale from 0.003 to 0.1 and a zero point at random. */
function rescaled(model: Uint8Array, type: 'INT8' | 'UINT8', random: Random): Uint8Array {
  const lowest = type === 'INT8' ? -128 : 0
  return editModel(model, {
    tensor: (tensor) => {
      if (tensor.type !== 'INT8') return tensor
      const scale = Math.fround(0.1 * 2 ** (-5 * random.next()))
      return requantized(tensor, [scale], random.integer(256) + lowest, type)
    },
  })
}

describe.each(['INT8', 'UINT8'] as const)('with random scales and zero points, %s', (type) => {
  describeWithFixtures('operators give the same bits as LiteRT', () => {
    it.each(operators)('%s', async (operator) => {
      const random = seededRandom(2)
      const wrong: unknown[] = []
      let values = 0
      for (const { id, model } of goldenCases(operator)) {
        for (let round = 0; round < 2; round++) {
          const found = await compareWithLiteRt(rescaled(model, type, random), (tensors) =>
            [1, 2, 3, 4].map(() => tensors.map((tensor) => randomBytes(tensor, random))),
          )
          values += found.values
          if (found.different > 0) wrong.push({ id, ...found })
        }
      }
      expect(wrong).toEqual([])
      expect(values).toBeGreaterThan(3000)
    })
  })
})
