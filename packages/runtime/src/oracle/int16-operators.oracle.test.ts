import { seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import { writeModel } from '@quantrx/tflite'
import type { BuiltinOperator, BuiltinOptions } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { tinyModel } from '../tiny-model.conformance.ts'
import type { TinyTensor } from '../tiny-model.conformance.ts'
import { compareWithLiteRt, randomBytes } from './compare.conformance.ts'

interface Case {
  readonly kind: BuiltinOperator
  readonly version: number
  readonly inputs: readonly (readonly number[])[]
  readonly output: readonly number[]
  readonly outputType?: 'INT16' | 'BOOL'
  readonly constants?: readonly (readonly number[])[]
  readonly options?: BuiltinOptions
  /** What the output scale is a multiple of, the input scale by default. */
  readonly outputScale?: number
  /** Only numbers above 0 are given to it. */
  readonly positive?: boolean
  readonly sameScale?: boolean
}

const long = [1, 400]
const image = [1, 5, 7, 3]
const pair = [[2, 3, 16], [2, 16, 5]] // prettier-ignore
const noOptions = { adjX: false, adjY: false, asymmetricQuantizeInputs: false }

const cases: readonly Case[] = [
  { kind: 'EXP', version: 2, inputs: [long], output: long, outputScale: 0.02 },
  { kind: 'LOG', version: 2, inputs: [long], output: long, outputScale: 0.0005 },
  { kind: 'SQRT', version: 2, inputs: [long], output: long, positive: true },
  { kind: 'RSQRT', version: 3, inputs: [long], output: long, outputScale: 0.002, positive: true },
  { kind: 'ABS', version: 3, inputs: [long], output: long },
  { kind: 'LESS', version: 3, inputs: [long, long], output: long, outputType: 'BOOL' },
  { kind: 'EQUAL', version: 4, inputs: [long, long], output: long, outputType: 'BOOL' },
  { kind: 'MAXIMUM', version: 4, inputs: [long, long], output: long, sameScale: true },
  {
    ...{ kind: 'SUM', version: 2, inputs: [[8, 4, 9]], constants: [[0, 2]], output: [4] },
    options: { kind: 'ReducerOptions', keepDims: false },
  },
  {
    ...{ kind: 'RESIZE_BILINEAR', version: 4, inputs: [image], constants: [[9, 4]], output: [1, 9, 4, 3] },
    ...{
      options: {
        kind: 'ResizeBilinearOptions',
        alignCorners: false,
        halfPixelCenters: true,
      } as BuiltinOptions,
    },
    sameScale: true,
  },
  {
    ...{ kind: 'BATCH_MATMUL', version: 3, inputs: pair, output: [2, 3, 5] },
    options: { kind: 'BatchMatMulOptions', ...noOptions },
  },
]

function modelOf(each: Case, random: Random): Uint8Array {
  const scale = (): number => Math.fround(0.0004 * 2 ** (-4 * random.next()))
  const shared = scale()
  const scaled = (name: string, shape: readonly number[], own: number): TinyTensor => ({
    ...{ name, shape, type: 'INT16', scale: each.sameScale === true ? shared : own },
  })
  const inputs = each.inputs.map((shape, at) => scaled(`input ${at}`, shape, scale()))
  const constants = (each.constants ?? []).map((values, at): TinyTensor => ({
    ...{ name: `constant ${at}`, shape: [values.length], type: 'INT32', data: Int32Array.from(values) },
  }))
  const output: TinyTensor =
    each.outputType === 'BOOL'
      ? { name: 'output', shape: each.output, type: 'BOOL' }
      : scaled('output', each.output, each.outputScale ?? 2 * scale())
  const tensors = [...inputs, ...constants, output]
  const last = tensors.length - 1
  const operator = {
    ...{ kind: each.kind, inputs: tensors.slice(0, last).map((_, at) => at), outputs: [last] },
    ...(each.options === undefined ? {} : { options: each.options }),
  }
  const model = tinyModel(
    tensors,
    [operator],
    inputs.map((_, at) => at),
    [last],
  )
  const operatorCodes = (model.operatorCodes ?? []).map((code) => ({ ...code, version: each.version }))
  return writeModel({ ...model, operatorCodes })
}

/** The magnitudes of int16 numbers, of all sizes. */
function positive(bytes: Uint8Array): Uint8Array {
  const values = new Int16Array(bytes.buffer)
  values.forEach((value, at) => (values[at] = Math.max(1, Math.abs(value >> (at % 14)))))
  return bytes
}

it.each(cases)('$kind on int16 equals LiteRT with random scales', async (each) => {
  const random = seededRandom(31)
  const wrong: unknown[] = []
  for (let round = 0; round < 4; round++) {
    const found = await compareWithLiteRt(modelOf(each, random), (inputs) =>
      [1, 2, 3].map(() =>
        inputs.map((input) =>
          (each.positive ? positive : (bytes: Uint8Array) => bytes)(randomBytes(input, random)),
        ),
      ),
    )
    if (found.refusal !== undefined || found.different > 0 || found.values === 0) wrong.push(found)
  }
  expect(wrong).toEqual([])
})
