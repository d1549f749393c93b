import { seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import { describeWithFixtures, goldenCases } from '@quantrx/testing'
import type { OracleTensor } from '@quantrx/testing'
import { readModel, writeModel } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { tinyModel } from '../tiny-model.conformance.ts'
import { compareWithLiteRt, randomBytes } from './compare.conformance.ts'
import { editModel, requantized } from './edit-model.conformance.ts'

/** Golden cases looked at for each operator. */
const casesEach = 8

const functions = ['LEAKY_RELU', 'HARD_SWISH', 'PRELU', 'RELU_N1_TO_1', 'RELU_0_TO_1', 'GELU'] as const
const comparisons = ['EQUAL', 'NOT_EQUAL', 'GREATER', 'GREATER_EQUAL', 'LESS', 'LESS_EQUAL'] as const

/** Operators that LiteRT has for any scale and any value, by type. */
const operators = {
  INT8: [...functions, ...comparisons, 'ABS', 'ELU', 'EXP', 'LOG', 'SQUARED_DIFFERENCE'],
  UINT8: [...functions, ...comparisons],
} as const

/** Scales without a pattern, and scales with which many outputs are exact halves. */
const scales = {
  random: (random: Random) => Math.fround(0.1 * 2 ** (-5 * random.next())),
  'power of two': (random: Random) => 2 ** -(3 + random.integer(4)),
} as const

/** The golden files say version 2 where LiteRT knows version 1 alone. */
function firstVersion(bytes: Uint8Array): Uint8Array {
  const model = readModel(bytes)
  const operatorCodes = (model.operatorCodes ?? []).map((code) => ({ ...code, version: 1 }))
  return writeModel({ ...model, operatorCodes })
}

function rescaled(
  model: Uint8Array,
  type: 'INT8' | 'UINT8',
  scaleOf: () => number,
  random: Random,
): Uint8Array {
  const lowest = type === 'INT8' ? -128 : 0
  return editModel(firstVersion(model), {
    tensor: (tensor) =>
      tensor.type === 'INT8' ? requantized(tensor, [scaleOf()], random.integer(256) + lowest, type) : tensor,
  })
}

async function differences(
  model: Uint8Array,
  inputsOf: (tensors: readonly OracleTensor[]) => readonly (readonly Uint8Array[])[],
): Promise<number> {
  const found = await compareWithLiteRt(model, inputsOf)
  expect(found.refusal).toBeUndefined()
  expect(found.values).toBeGreaterThan(0)
  return found.different
}

describe.each(['INT8', 'UINT8'] as const)('%s element-wise operators', (type) => {
  describeWithFixtures('give the same bits as LiteRT', () => {
    describe.each(['random', 'power of two'] as const)('with %s scales', (kind) => {
      it.each(operators[type])('%s', async (operator) => {
        const random = seededRandom(6)
        for (const { id, model } of goldenCases(operator).slice(0, casesEach)) {
          const bytes = rescaled(model, type, () => scales[kind](random), random)
          const different = await differences(bytes, (tensors) =>
            [1, 2, 3].map(() => tensors.map((tensor) => randomBytes(tensor, random))),
          )
          expect([id, different]).toEqual([id, 0])
        }
      })
    })
  })
})

describeWithFixtures('operators for some scales or values only give the same bits as LiteRT', () => {
  it.each(['DIV', 'RSQRT', 'SELECT_V2', 'MAXIMUM', 'MINIMUM', 'LOG_SOFTMAX', 'L2_NORMALIZATION'])(
    '%s',
    async (operator) => {
      for (const { id, model, inputs } of goldenCases(operator)) {
        const different = await differences(model, () => [inputs.map(({ bytes }) => bytes)])
        expect([id, different]).toEqual([id, 0])
      }
    },
  )
})

describeWithFixtures('SQRT, which has no golden cases, gives the same bits as LiteRT', () => {
  it.each(['random', 'power of two'] as const)('with %s scales', async (kind) => {
    const random = seededRandom(7)
    const every = Uint8Array.from({ length: 256 }, (_, at) => at)
    for (let round = 0; round < 8; round++) {
      const stored = { shape: [256], type: 'INT8' } as const
      // The lowest integer is 0, since LiteRT refuses numbers below.
      const input = { ...stored, name: 'input', scale: scales[kind](random), zeroPoint: -128 }
      const output = {
        ...stored,
        name: 'output',
        scale: scales[kind](random),
        zeroPoint: random.integer(256) - 128,
      }
      const model = tinyModel([input, output], [{ kind: 'SQRT', inputs: [0], outputs: [1] }], [0], [1])
      expect(await differences(writeModel(model), () => [[every]])).toBe(0)
    }
  })
})
