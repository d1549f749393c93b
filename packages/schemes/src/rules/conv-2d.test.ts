import { expect, it } from 'vitest'
import { conv2dOptions, modelBuilder, exampleCalibration } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { int8 } from '../schemes/int8.ts'

it.each([
  [8, 3, '1.14.0'],
  [2, 6, '2.9.0'],
])('asks for the kernel of a filter of depth %i: version %i, runtime %s', (depth, version, runtime) => {
  const builder = modelBuilder()
  const input = builder.tensor('input', [1, 4, 4, 8])
  const weights = [builder.constant('filter', [8, 3, 3, depth]), builder.constant('bias', [8])]
  const output = builder.add('CONV_2D', [input, ...weights], 'output', [1, 4, 4, 8], conv2dOptions)
  const model = builder.finish([input], [output])
  const { model: quantized } = quantizeModel(model, exampleCalibration(model), int8())
  expect(quantized.operatorCodes?.find(({ builtinCode }) => builtinCode === 'CONV_2D')?.version).toBe(version)
  const entry = quantized.metadata?.find(({ name }) => name === 'min_runtime_version')
  const text = new TextDecoder().decode(quantized.buffers?.[entry?.buffer ?? 0]?.data)
  expect(text.replaceAll('\0', '')).toBe(runtime)
})
