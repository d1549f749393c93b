import { seededRandom } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import { readModel, writeModel } from '@quantrx/tflite'
import type { BuiltinOptions } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { compile } from '../compile.ts'
import type { CompileOptions } from '../compile.ts'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyTensor } from '../tiny-model.conformance.ts'

interface Case {
  /** Channels of the input and of the output, and the groups of both. */
  readonly channels: readonly [inputs: number, outputs: number, groups: number]
  readonly window: number
  readonly stride?: number
  readonly dilation?: number
}

/** Groups of few and of many channels, of one channel, of one position, and more of them than threads. */
const cases: readonly Case[] = [
  { channels: [8, 12, 4], window: 3 },
  { channels: [6, 6, 2], window: 1 },
  { channels: [40, 64, 2], window: 3, stride: 2 },
  { channels: [36, 36, 3], window: 2, dilation: 2 },
  { channels: [5, 5, 5], window: 3 },
  { channels: [4, 12, 4], window: 5, stride: 2 },
]

type Kind = 'FLOAT32' | 'INT8' | 'INT16' | 'hybrid'

const [batches, height, width] = [2, 7, 6]

/** int64 as their halves. */
const lowAndHighWords = (values: Int32Array): Int32Array =>
  Int32Array.from([...values].flatMap((value) => [value, value >> 31]))

function groupedModel(kind: Kind, { channels, window, stride = 1, dilation = 1 }: Case) {
  const [inputs, outputs, groups] = channels
  const random = seededRandom(outputs)
  const type = kind === 'hybrid' ? 'FLOAT32' : kind
  const weights = Int8Array.from(
    { length: (outputs * window * window * inputs) / groups },
    () => random.integer(255) - 127,
  )
  const bias = Int32Array.from({ length: outputs }, () => random.integer(2001) - 1000)
  const isFloat = type === 'FLOAT32'
  const quantized = isFloat ? {} : { scale: 0.05, zeroPoint: type === 'INT16' ? 0 : 3 }
  const filterShape = [outputs, window, window, inputs / groups]
  const size = [Math.ceil(height / stride), Math.ceil(width / stride)] as const
  const tensors: readonly TinyTensor[] = [
    { name: 'input', shape: [batches, height, width, inputs], type, ...quantized },
    kind === 'FLOAT32'
      ? { name: 'filter', shape: filterShape, type, data: Float32Array.from(weights, (value) => value / 37) }
      : { name: 'filter', shape: filterShape, type: 'INT8', scale: 0.02, data: weights },
    isFloat
      ? { name: 'bias', shape: [outputs], type, data: Float32Array.from(bias, (value) => value / 100) }
      : type === 'INT16'
        ? { name: 'bias', shape: [outputs], type: 'INT64', scale: 0.001, data: lowAndHighWords(bias) }
        : { name: 'bias', shape: [outputs], type: 'INT32', scale: 0.001, data: bias },
    {
      name: 'output',
      ...{ shape: [batches, ...size, outputs], type, ...quantized },
      ...(isFloat ? {} : { scale: 0.7 }),
    },
  ]
  const options: BuiltinOptions = {
    kind: 'Conv2DOptions',
    padding: 'SAME',
    ...{ strideH: stride, strideW: stride, dilationHFactor: dilation, dilationWFactor: dilation },
    quantizedBiasType: 'FLOAT32',
    fusedActivationFunction: 'NONE',
  }
  const operator = { kind: 'CONV_2D', inputs: [0, 1, 2], outputs: [3], options } as const
  return readModel(writeModel(tinyModel(tensors, [operator], [0], [3])))
}

function sampleOf(kind: Kind, [inputs]: Case['channels']): Tensor {
  const random = seededRandom(1)
  const shape = [batches, height, width, inputs]
  const values = Array.from({ length: batches * height * width * inputs }, () => random.integer(256) - 128)
  if (kind === 'INT8') return { type: 'int8', shape, data: Int8Array.from(values) }
  if (kind === 'INT16') return { type: 'int16', shape, data: Int16Array.from(values, (value) => value * 200) }
  return { type: 'float32', shape, data: Float32Array.from(values, (value) => value / 29) }
}

describe.each(['FLOAT32', 'INT8', 'INT16', 'hybrid'] as const)('CONV_2D of several groups, %s', (kind) => {
  it.each(cases)('generates the bits of the reference: $channels, window $window', async (each) => {
    const source = groupedModel(kind, each)
    const sample = sampleOf(kind, each.channels)
    const run = async (options: CompileOptions) => {
      const program = await compile(source, options)
      program.run([sample])
      const data = program.run([sample])[0]!.data.slice()
      program.close()
      return { data, kernel: program.operators[0]!.kernel }
    }
    for (const arithmetic of ['tflite', 'xnnpack'] as const) {
      const expected = await run({ arithmetic, innerLoop: 'reference' })
      expect(new Set<number | bigint>(expected.data).size).toBeGreaterThan(20)
      for (const options of [{ innerLoop: 'i16' }, {}, { turbo: true }, { threads: 2 }] as const) {
        const { data, kernel } = await run({ arithmetic, ...options })
        expect(data).toEqual(expected.data)
        expect(kernel).not.toBe('reference')
      }
    }
  })
})
