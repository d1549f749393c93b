import type { Calibration } from '@quantrx/core'
import { openLiteRt } from '@quantrx/testing'
import { writeModel } from '@quantrx/tflite'
import type { BuiltinOperator } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { modelBuilder } from './example-models.conformance.ts'
import { quantizeModel } from './quantize-model.ts'
import { int8 } from './schemes/int8.ts'

/** `x` from -3 to 3, compared with a constant. */
function compared(kind: BuiltinOperator, constant: number) {
  const { tensor, values, add, finish } = modelBuilder()
  const x = tensor('x', [7])
  const answer = add(kind, [x, values('constant', constant)], 'answer', [7], undefined, 'BOOL')
  const model = finish([x], [answer, add('ABS', [x], 'size', [7])])
  const calibration: Calibration = {
    ...{ kind: 'calibration', strategy: 'own', observer: 'own', samples: 1 },
    tensors: [x, answer + 1].map((index, at) => {
      return { subgraph: 0, index, name: ['x', 'size'][at]!, result: { min: -3, max: 3 } }
    }),
  }
  const { model: integer, floatOperators } = quantizeModel(model, calibration, int8())
  const tensors = integer.subgraphs![0]!.tensors!
  const scaleOf = (name: string) => tensors.find((each) => each.name === name)?.quantization?.scale?.[0]
  return { bytes: writeModel(integer), floatOperators, scaleOf }
}

describe('a comparison with a constant', () => {
  it.each([0, 1, 3])('%d becomes an integer one, in which both have the same parameters', (constant) => {
    const { floatOperators, scaleOf } = compared('GREATER', constant)
    expect(floatOperators).toEqual([])
    expect(scaleOf('constant')).toBe(scaleOf('x_int8'))
  })

  it('beyond what the other reaches has a range of its own, and stays float where the kernel cannot', () => {
    expect(compared('LESS', 100).scaleOf('constant')).toBeCloseTo(100 / 255, 6)
    expect(compared('LESS', 1000).floatOperators).toMatchObject([
      { reason: expect.stringContaining('no input scale') },
    ])
  })

  it.each([
    ['GREATER', 0, [0, 0, 0, 0, 1, 1, 1]],
    ['EQUAL', 2, [0, 0, 0, 0, 0, 1, 0]],
    ['GREATER_EQUAL', -2, [0, 1, 1, 1, 1, 1, 1]],
    ['NOT_EQUAL', 0, [1, 1, 1, 0, 1, 1, 1]],
  ] as const)('%s %d is in LiteRT what it is of real numbers', async (kind, constant, expected) => {
    const oracle = await openLiteRt(compared(kind, constant).bytes)
    const [answer] = await oracle.run([new Uint8Array(Float32Array.of(-3, -2, -1, 0, 1, 2, 3).buffer)])
    oracle.close()
    expect(Array.from(answer!)).toEqual(expected)
  })
})
