import { seededRandom } from '@quantrx/core'
import { writeModel, readModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { checkSubgraph } from '../check-subgraph.ts'
import { compile } from '../compile.ts'
import { loadOperators } from '../load-operators.ts'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyTensor } from '../tiny-model.conformance.ts'
import { batchMatmul } from './batch-matmul.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'

const random = seededRandom(4)
const options = (adjY: boolean) =>
  ({ kind: 'BatchMatMulOptions', adjX: false, adjY, asymmetricQuantizeInputs: false }) as const

/** A product with one constant matrix. */
function model(type: 'FLOAT32' | 'INT8', adjY: boolean, rightZeroPoint: number) {
  const integers = Int8Array.from({ length: 9 * 7 }, () => random.integer(256) - 128)
  const quantized = (scale: number, zeroPoint: number) => (type === 'INT8' ? { scale, zeroPoint } : {})
  const tensors: readonly TinyTensor[] = [
    { name: 'left', shape: [2, 5, 9], type, ...quantized(0.05, 3) },
    {
      ...{ name: 'right', shape: adjY ? [7, 9] : [9, 7], type, ...quantized(0.02, rightZeroPoint) },
      data: type === 'INT8' ? integers : Float32Array.from(integers, (value) => value / 37),
    },
    { name: 'output', shape: [2, 5, 7], type, ...quantized(0.1, -9) },
  ]
  const operator = { kind: 'BATCH_MATMUL', inputs: [0, 1], outputs: [2], options: options(adjY) } as const
  return readModel(writeModel(tinyModel(tensors, [operator], [0], [2])))
}

it.each([
  ['FLOAT32', false, 0],
  ['FLOAT32', true, 0],
  ['INT8', false, 0],
  ['INT8', true, 11],
] as const)('generates code for %s with a constant matrix, transposed: %s', async (type, adjY, zeroPoint) => {
  const source = model(type, adjY, zeroPoint)
  const values = Array.from({ length: 90 }, () => random.integer(256) - 128)
  const sample =
    type === 'INT8'
      ? ({ type: 'int8', shape: [2, 5, 9], data: Int8Array.from(values) } as const)
      : ({
          type: 'float32',
          shape: [2, 5, 9],
          data: Float32Array.from(values, (value) => value / 29),
        } as const)
  await loadOperators(source)
  const [product] = checkSubgraph(source, { subgraph: 0, arithmetic: 'tflite' }).operators
  const code = { innerLoop: 'i16', floatProducts: 'exact' } as const
  expect(product?.implementation.generate?.(product.context, code)).toBeDefined()
  for (const arithmetic of ['tflite', 'xnnpack'] as const) {
    const outputs = await Promise.all(
      (['reference', 'i16'] as const).map(async (innerLoop) => {
        const program = await compile(source, { arithmetic, innerLoop })
        return program.run([sample])[0]!.data.slice()
      }),
    )
    expect(outputs[1]).toEqual(outputs[0])
  }
})

it('names what it supports', () => {
  const tensor = testTensor('int32', [2, 2])
  const context = testContext('BATCH_MATMUL', [tensor, tensor], [tensor], options(false))
  expect(() => batchMatmul.prepare(context)).toThrow('expected one of float32; int8; int16')
})
