import { openLiteRt } from '@quantrx/testing'
import { constantBytes, writeModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { exampleCalibration, modelBuilder } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { int4 } from '../schemes/int4.ts'
import { int8 } from '../schemes/int8.ts'
import { dynamic } from '../schemes/dynamic.ts'

const words = 8
const width = 6

it.each([
  ['int8', 'INT8', int8(), 254],
  ['dynamic', 'INT8', dynamic({ minimumElements: 1 }), 254],
  ['int4', 'INT4', int4({ activations: 'float32', minimumElements: 1 }), 14],
] as const)(
  'keeps rows of a table as integers in the scheme %s, which LiteRT looks up',
  async (_, type, scheme, steps) => {
    const { tensor, constant, add, finish } = modelBuilder()
    const [indices, table] = [tensor('indices', [3], 0, 'INT32'), constant('table', [words, width])]
    const model = finish([indices], [add('EMBEDDING_LOOKUP', [indices, table], 'rows', [3, width])])
    const rows = new Float32Array(constantBytes(model, model.subgraphs![0]!.tensors![table]!)!.slice().buffer)
    const calibration = exampleCalibration(model)
    const tensors = calibration.tensors.map((each) => ({ ...each, result: { min: -4, max: 4 } }))
    const candidate = quantizeModel(model, { ...calibration, tensors }, scheme)
    expect(candidate.floatOperators).toEqual([])
    expect(candidate.model.subgraphs![0]!.tensors!.map((each) => each.type)).toContain(type)
    const oracle = await openLiteRt(writeModel(candidate.model))
    const [output] = await oracle.run([new Uint8Array(Int32Array.of(5, 0, 5).buffer)])
    oracle.close()
    const found = new Float32Array(output!.slice().buffer)
    const expected = [5, 0, 5].flatMap((row) => [...rows.subarray(row * width, (row + 1) * width)])
    const largest = Math.max(...rows.map(Math.abs))
    found.forEach((value, at) =>
      expect(Math.abs(value - expected[at]!)).toBeLessThan((1.01 * largest) / steps),
    )
  },
)
