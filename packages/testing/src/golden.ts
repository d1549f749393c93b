import { readdirSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { fixturePath, readFixture } from './fixtures.ts'
import { readNpy } from './npy.ts'
import type { FixtureTensor } from './npy.ts'

/** One line of a golden file, as its README describes it. */
export interface GoldenLine {
  readonly id: string
  readonly op: string
  readonly tag: string
  readonly inputs: readonly (GoldenTensorLine | { readonly same_as_input: number } | null)[]
  readonly outputs: readonly GoldenTensorLine[]
  readonly tflite_b64: string
}

/** A tensor of a golden line. */
export interface GoldenTensorLine {
  readonly name: string
  readonly type: string
  readonly shape: readonly number[]
  readonly const?: boolean
  readonly data_b64: string
}

/** A case of an operator: a model of that one operator, what goes in and what must come out, as raw bytes. */
export interface GoldenCase {
  readonly id: string
  readonly tag: string
  readonly model: Uint8Array
  readonly inputs: readonly GoldenBytes[]
  readonly outputs: readonly GoldenBytes[]
}

/** A tensor as stored. */
export interface GoldenBytes {
  readonly type: string
  readonly shape: readonly number[]
  readonly bytes: Uint8Array
}

/** The parsed lines of a golden file such as `CONV_2D` or `_primitives`. */
export function goldenLines<Line>(name: string): readonly Line[] {
  const text = new TextDecoder().decode(gunzipSync(readFixture('golden/ops', `${name}.jsonl.gz`)))
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

/** The cases of an operator file such as `CONV_2D` or `CONV_2D.f32`. */
export function goldenCases(name: string): readonly GoldenCase[] {
  return goldenLines<GoldenLine>(name).map(({ id, tag, inputs, outputs, tflite_b64 }) => ({
    id,
    tag,
    model: fromBase64(tflite_b64),
    inputs: inputs.flatMap((tensor) =>
      tensor === null || 'same_as_input' in tensor || tensor.const === true ? [] : [tensorBytes(tensor)],
    ),
    outputs: outputs.map(tensorBytes),
  }))
}

const tensorBytes = ({ type, shape, data_b64 }: GoldenTensorLine): GoldenBytes => ({
  type,
  shape,
  bytes: fromBase64(data_b64),
})

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'))

/** An intermediate tensor of a golden model for one input. */
export interface GoldenActivation {
  readonly index: number
  readonly values: FixtureTensor
}

/** An array of a golden model folder, such as `random_in` or `real_out`. */
export function goldenArray(model: string, name: string): FixtureTensor {
  return readNpy(readFixture('golden', model, `${name}.npy`))
}

/** Every tensor of a golden model for input 0 of a set, `random` or `real`. */
export function goldenActivations(model: string, set: 'random' | 'real'): readonly GoldenActivation[] {
  const folder = `tensors_${set}_0`
  return readdirSync(fixturePath('golden', model, folder))
    .flatMap((file) => /^t(\d+)\.npy$/.exec(file) ?? [])
    .filter((text) => /^\d+$/.test(text))
    .map((index) => ({
      index: Number(index),
      values: readNpy(readFixture('golden', model, folder, `t${index}.npy`)),
    }))
}

/** What `meta.json` of a golden model folder says of an input or output. */
export interface GoldenModelTensor {
  readonly index: number
  readonly name: string
  readonly type: string
  readonly shape: readonly number[]
  readonly scale: readonly number[]
  readonly zero_point: readonly number[]
}

/** A golden model: its file and what `meta.json` says. */
export interface GoldenModel {
  readonly bytes: Uint8Array
  readonly meta: {
    readonly model: string
    readonly inputs: readonly GoldenModelTensor[]
    readonly outputs: readonly GoldenModelTensor[]
    readonly oracle: string
    readonly random?: { readonly count: number }
    /** `inputs` names an array of real samples, relative to the folder, and which rows of it. */
    readonly real?: { readonly count: number; readonly inputs: string }
  }
}

/** A golden model folder such as `resnet8_cifar10_int8`; its arrays come from {@link goldenArray}. */
export function goldenModel(name: string): GoldenModel {
  const text = new TextDecoder().decode(readFixture('golden', name, 'meta.json'))
  const meta = JSON.parse(text) as GoldenModel['meta']
  return { bytes: readFixture('golden', name, meta.model), meta }
}
