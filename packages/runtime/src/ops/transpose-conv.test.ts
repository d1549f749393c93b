import { seededRandom } from '@quantrx/core'
import { readModel, writeModel } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { compile } from '../compile.ts'
import type { CompileOptions } from '../compile.ts'
import { testContext, testTensor } from '../shared/operator-context.conformance.ts'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyTensor } from '../tiny-model.conformance.ts'
import { transposeConv } from './transpose-conv.ts'

const [inputs, outputs] = [12, 9]
const exact = { innerLoop: 'i16', floatProducts: 'exact' } as const
const strides = { padding: 'SAME', strideH: 2, strideW: 2, fusedActivationFunction: 'NONE' } as const

/** int64 as their halves. */
const lowAndHighWords = (values: Int32Array): Int32Array =>
  Int32Array.from([...values].flatMap((value) => [value, value >> 31]))

/** Twice the height and width; with 6 filter positions each phase is a convolution of 3 × 3. */
function model(type: 'FLOAT32' | 'INT8' | 'INT16', taps: number, hasIntegerWeights = type !== 'FLOAT32') {
  const random = seededRandom(taps)
  const integers = Int8Array.from({ length: outputs * taps * taps * inputs }, () => random.integer(255) - 127)
  const bias = Int32Array.from({ length: outputs }, () => random.integer(2001) - 1000)
  const [isInteger, isWide] = [type !== 'FLOAT32', type === 'INT16']
  const quantized = { scale: 0.05, zeroPoint: isWide ? 0 : 3 }
  const tensors: readonly TinyTensor[] = [
    { name: 'shape', shape: [4], type: 'INT32', data: Int32Array.of(2, 10, 8, outputs) },
    {
      ...{
        name: 'filter',
        shape: [outputs, taps, taps, inputs],
        type: hasIntegerWeights ? 'INT8' : type,
        ...(hasIntegerWeights ? { scale: 0.02 } : {}),
      },
      data: hasIntegerWeights ? integers : Float32Array.from(integers, (value) => value / 37),
    },
    { name: 'input', shape: [2, 5, 4, inputs], type, ...(isInteger ? quantized : {}) },
    {
      ...{ name: 'bias', shape: [outputs], type: isWide ? 'INT64' : isInteger ? 'INT32' : type },
      ...(isInteger
        ? { scale: 0.001, data: isWide ? lowAndHighWords(bias) : bias }
        : { data: Float32Array.from(bias, (value) => value / 100) }),
    },
    { name: 'output', shape: [2, 10, 8, outputs], type, ...(isInteger ? { ...quantized, scale: 0.7 } : {}) },
  ]
  const options = { kind: 'TransposeConvOptions', quantizedBiasType: 'FLOAT32', ...strides } as const
  const operator = { kind: 'TRANSPOSE_CONV', inputs: [0, 1, 2, 3], outputs: [4], options } as const
  return readModel(writeModel(tinyModel(tensors, [operator], [2], [4])))
}

it.each([
  ['FLOAT32', 4],
  ['INT8', 3],
  ['INT8', 6],
  ['INT16', 3],
  ['INT16', 6],
  ['FLOAT32', 3, true],
  ['FLOAT32', 4, true],
] as const)('generates the bits of the reference: %s, %i filter positions', async (type, taps, hybrid?) => {
  const source = model(type, taps, hybrid)
  const random = seededRandom(1)
  const values = Array.from({ length: 2 * 5 * 4 * inputs }, () => random.integer(256) - 128)
  const shape = [2, 5, 4, inputs]
  const sample =
    type === 'INT8'
      ? ({ type: 'int8', shape, data: Int8Array.from(values) } as const)
      : type === 'INT16'
        ? ({ type: 'int16', shape, data: Int16Array.from(values, (value) => value * 200) } as const)
        : ({ type: 'float32', shape, data: Float32Array.from(values, (value) => value / 29) } as const)
  const run = async (options: CompileOptions) => {
    const program = await compile(source, options)
    expect(program.operators[0]!.kernel === 'reference').toBe(options.innerLoop === 'reference')
    const data = program.run([sample])[0]!.data.slice()
    program.close()
    return data
  }
  for (const arithmetic of ['tflite', 'xnnpack'] as const) {
    const expected = await run({ arithmetic, innerLoop: 'reference' })
    expect(new Set<number | bigint>(expected).size).toBeGreaterThan(50)
    for (const options of [{ innerLoop: 'i16' }, { innerLoop: 'auto' }, { turbo: true }] as const)
      expect(await run({ arithmetic, ...options })).toEqual(expected)
  }
})

/** An upsampling by 2 of one pixel of one channel. */
function contextOf(type: 'float32' | 'int8', taps = 2) {
  const scale = type === 'float32' ? {} : { scale: 0.5 }
  const shape = testTensor('int32', [4], { values: [1, 2, 2, 1], constant: true })
  const filter = testTensor(type, [1, taps, taps, 1], { constant: true, ...scale })
  const [input, output] = [testTensor(type, [1, 1, 1, 1], scale), testTensor(type, [1, 2, 2, 1], scale)]
  return testContext('TRANSPOSE_CONV', [shape, filter, input], [output], strides)
}

it('names its inner loop', () => {
  expect(transposeConv.generate!(contextOf('float32'), exact)?.kernel.name).toBe('float32')
  expect(transposeConv.generate!(contextOf('int8'), { ...exact, innerLoop: 'usdot' })?.kernel.name).toBe(
    'usdot',
  )
})

it('leaves outputs that no element of the filter reaches to the reference', () => {
  expect(transposeConv.generate!(contextOf('float32', 1), exact)).toBeUndefined()
})
