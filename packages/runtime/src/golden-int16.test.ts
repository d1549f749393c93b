import { viewBytes } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import { describeWithFixtures, goldenCases } from '@quantrx/testing'
import type { GoldenBytes } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { compile } from './compile.ts'

function asTensor({ type, shape, bytes }: GoldenBytes): Tensor {
  const name = type.toLowerCase() as 'int16'
  return { type: name, shape, data: viewBytes(name, bytes) }
}

describeWithFixtures('operators with int16 outputs or int4 weights equal the golden results', () => {
  it.each([
    ...['TRANSPOSE_CONV.int16', 'ADD.int16', 'SUB.int16', 'MUL.int16', 'SOFTMAX.int8_int16'],
    ...['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED'].flatMap((kind) => [
      `${kind}.int16`,
      `${kind}.int4w`,
    ]),
  ])('%s', async (file) => {
    const cases = goldenCases(file)
    expect(cases.length).toBeGreaterThan(0)
    for (const { id, model, inputs, outputs } of cases) {
      const [output] = (await compile(readModel(model))).run(inputs.map(asTensor))
      const expected = outputs.map(asTensor)
      expect([id, output?.data]).toEqual([id, expected[0]?.data])
    }
  })
})
