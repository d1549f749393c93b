import { bytesPerElement, viewBytes } from '@quantrx/core'
import type { Calibration, Sample, Tensor } from '@quantrx/core'
import { samples } from '@quantrx/data'
import { openDataFile } from '@quantrx/data/node'
import type { DataFileOptions } from '@quantrx/data/node'
import { minMax, observe } from '@quantrx/observers'
import { compile, infer } from '@quantrx/runtime'
import type { CompileOptions, Program, RuntimeTensor } from '@quantrx/runtime'
import { quantizeModel } from '@quantrx/schemes'
import type { Candidate, Scheme } from '@quantrx/schemes'
import { fixturePath, readFixture } from '@quantrx/testing'
import type { Oracle } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { lastValueFrom } from 'rxjs'

/** A float model of the fixtures and samples for it. */
export interface RealModel {
  readonly name: string
  readonly file: string
  readonly data: string
  readonly options: DataFileOptions
}

/** The float models of the fixtures. */
export const realModels: readonly RealModel[] = [
  { name: 'resnet8', file: 'resnet8_cifar10_float', data: 'cifar10/calib_train_500_x.npy', options: {} },
  { name: 'kws', file: 'kws_dscnn_float_restored', data: 'kws/inputs_float_1000.npy', options: {} },
  {
    name: 'mnist',
    file: 'mnist_conv_fc_float',
    data: 'mnist/calib_train_200_x.npy',
    options: { normalize: { mean: 0, std: 255 } },
  },
  {
    name: 'mobilenet',
    file: 'mobilenet_v1_0.25_224_float',
    data: 'imagenet/calib_100_x.npy',
    options: { normalize: { mean: 127.5, std: 127.5 } },
  },
]

export const readReal = ({ file }: RealModel): Model =>
  readModel(readFixture('data/models', `${file}.tflite`))

/** The first samples of a model's calibration data. */
export async function firstSamples({ data, options }: RealModel, count: number): Promise<readonly Sample[]> {
  const open = await openDataFile(fixturePath('data', data), { ...options, rows: { start: 0, end: count } })
  const all: Sample[] = []
  for await (const sample of open(new AbortController().signal)) all.push(sample)
  return all
}

/** Min-max calibration of a real model on its first samples. */
export async function calibrate(real: RealModel, count: number): Promise<Calibration<'minmax'>> {
  const open = await openDataFile(fixturePath('data', real.data), {
    ...real.options,
    rows: { start: 0, end: count },
  })
  return lastValueFrom(samples(open).pipe(infer(readReal(real)), observe({ minmax: minMax() })))
}

/** A real model, quantized after a short calibration. */
export async function quantizeReal(real: RealModel, scheme: Scheme, count = 8): Promise<Candidate> {
  return quantizeModel(readReal(real), await calibrate(real, count), scheme)
}

/** A tensor that an operator computes. */
export interface ComputedTensor {
  readonly index: number
  readonly name: string
  readonly kind: string
}

/** The same model with every computed tensor as an output, in execution order. */
export async function exposeAll(
  model: Model,
): Promise<{ model: Model; computed: readonly ComputedTensor[] }> {
  const { operators } = await compile(model)
  const computed = operators.flatMap(({ kind, outputs }) =>
    outputs.map(({ index, name }) => ({ index, name, kind })),
  )
  const [main, ...others] = model.subgraphs ?? []
  const subgraphs = [{ ...main!, outputs: computed.map(({ index }) => index) }, ...others]
  const { signatureDefs: _signatures, ...rest } = model
  return { model: { ...rest, subgraphs }, computed }
}

/** Where one of our tensors differs from the oracle's. */
export interface Difference {
  readonly sample: number
  readonly tensor: string
  readonly kind: string
  readonly count: number
  readonly largest: number
}

/** Runs a model whose outputs are all its tensors in ours and in an oracle's runtime, and lists the tensors that differ. */
export async function differences(
  exposed: { readonly model: Model; readonly computed: readonly ComputedTensor[] },
  oracle: Oracle,
  inputs: readonly Sample[],
  options: CompileOptions,
): Promise<readonly Difference[]> {
  const program = await compile(exposed.model, options)
  const found: Difference[] = []
  for (const sample of inputs) {
    const { outputs, stored } = runKeepingInputs(program, sample)
    const results = await oracle.run(stored)
    outputs.forEach((output, at) => {
      const { name: tensor, kind } = exposed.computed[at]!
      const { count, largest } = distance(output, results[at]!)
      if (count > 0) found.push({ sample: sample.index, tensor, kind, count, largest })
    })
  }
  return found
}

/** Runs a sample and copies the inputs as the model takes them, whose memory later operators use again. */
export function runKeepingInputs(
  program: Program,
  { inputs }: Sample,
): { readonly outputs: readonly RuntimeTensor[]; readonly stored: readonly Uint8Array[] } {
  const stored: Uint8Array[] = []
  const outputs = program.run(inputs, (tensor) => {
    if (program.inputs.includes(tensor)) stored.push(bytesOf(tensor as Tensor).slice())
  })
  return { outputs, stored }
}

function distance(output: RuntimeTensor, bytes: Uint8Array): { count: number; largest: number } {
  const theirs = viewBytes(output.type, bytes) as Float32Array
  const ours = output.data as Float32Array
  if (theirs.length !== ours.length)
    throw new Error(`${output.name}: ${theirs.length} elements, ours ${ours.length}`)
  let [count, largest] = [0, 0]
  for (let at = 0; at < ours.length; at++) {
    if (ours[at] === theirs[at]) continue
    count++
    largest = Math.max(largest, Math.abs(ours[at]! - theirs[at]!))
  }
  return { count, largest }
}

/** Largest difference of a float tensor, relative to its largest magnitude. */
export function relativeError(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  let [error, magnitude] = [0, 0]
  for (let at = 0; at < theirs.length; at++) {
    error = Math.max(error, Math.abs(ours[at]! - theirs[at]!))
    magnitude = Math.max(magnitude, Math.abs(theirs[at]!))
  }
  return magnitude === 0 ? error : error / magnitude
}

/** A tensor as the bytes that an oracle takes. */
export function bytesOf({ type, data }: Tensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.length * bytesPerElement(type))
}
