import { DataError, checkFinite } from '@quantrx/core'
import type { Opener, Sample } from '@quantrx/core'
import { compile, shapedFor, waitsForSample } from '@quantrx/runtime'
import type { Program, RunOptions, RuntimeTensor } from '@quantrx/runtime'
import type { Model } from '@quantrx/tflite'
import { realInputs } from './run-sample.ts'
import { realValuesAgain } from './real-values-again.ts'
import { noise } from './noise.ts'
import type { NoiseState } from './noise.ts'

/** How far one operator output of the integer model is from the float model's. */
export interface LayerError {
  /** Position of the operator in the float model. */
  readonly index: number
  /** Name of the output tensor, by which the layers of both models are matched. */
  readonly name: string
  readonly kind: string
  /** Signal-to-quantization-noise ratio in dB; Infinity when equal. */
  readonly sqnrDb: number
  /** Largest absolute difference of the real values. */
  readonly maxAbs: number
}

/** Layers of both models side by side. */
export interface LayerComparison {
  readonly samples: number
  readonly layers: readonly LayerError[]
  /** Operators of the float model whose output has no counterpart of that name and size in the other model. */
  readonly unmatched: readonly { readonly index: number; readonly name: string; readonly kind: string }[]
}

/** Choices of `compareLayers`. */
export interface CompareOptions extends RunOptions {
  readonly signal?: AbortSignal
  readonly onSample?: (done: number) => void
}

interface Layer {
  readonly index: number
  readonly kind: string
  readonly float: RuntimeTensor
  readonly other: RuntimeTensor
  /** The float values of the current sample, kept until the other model has run. */
  reference: Float32Array
  readonly state: NoiseState
  /** True where a sample has given the two another number of values, as operators that choose may do. */
  differs: boolean
}

/**
 * Runs samples through the float and the integer model and measures the error of every layer, in the order of the float
 * model. Layers match by the name of their output tensor. Sizes that the files leave open are those of the first sample.
 *
 * @throws DataError when there are no samples, or one holds NaN.
 *
 * @example
 * const { layers } = await compareLayers(floatModel, integerModel, npyFile('samples.npy'))
 */
export async function compareLayers(
  float: Model,
  other: Model,
  open: Opener,
  { signal, onSample, ...options }: CompareOptions = {},
): Promise<LayerComparison> {
  let comparison = waitsForSample(other, options) ? undefined : await startComparison(float, other, options)
  const abort = new AbortController()
  const signals = signal === undefined ? abort.signal : AbortSignal.any([signal, abort.signal])
  let samples = 0
  try {
    for await (const sample of open(signals)) {
      signal?.throwIfAborted()
      checkFinite(sample, 'evaluate')
      comparison ??= await startComparison(float, other, shapedFor(other, options, sample))
      comparison.take(sample)
      samples++
      onSample?.(samples)
    }
  } finally {
    abort.abort()
  }
  signal?.throwIfAborted()
  if (comparison === undefined || samples === 0) {
    throw new DataError({
      stage: 'evaluate',
      subject: 'samples',
      found: 'no samples',
      expected: 'at least one',
    })
  }
  return { samples, ...comparison.finish() }
}

async function startComparison(float: Model, other: Model, options: RunOptions) {
  const floatProgram = await compile(float, options)
  const program = await compile(other, options)
  const { layers, unmatched } = matchLayers(floatProgram, program)
  const [keepFloat, compareOther] = [keep(layers), compareWithKept(layers)]
  return {
    take({ inputs }: Sample): void {
      floatProgram.reset()
      program.reset()
      floatProgram.run(realInputs(program, inputs), keepFloat)
      program.run(inputs, compareOther)
    },
    finish: () => ({
      layers: layers.filter(({ differs }) => !differs).map(layerError),
      unmatched: [...unmatched, ...layers.filter(({ differs }) => differs).map(unmatchedLayer)],
    }),
  }
}

/** Where several tensors have one name, or none has any, they match in their order, as long as there are equally many. */
function matchLayers(floatProgram: Program, program: Program) {
  const [floats, others] = [outputsByName(floatProgram), outputsByName(program)]
  const layers: Layer[] = []
  const unmatched: { index: number; name: string; kind: string }[] = []
  for (const { index, kind, outputs } of floatProgram.operators) {
    for (const tensor of outputs) {
      const [own = [], named = []] = [floats.get(tensor.name), others.get(tensor.name)]
      const other = own.length === named.length ? named[own.indexOf(tensor)] : undefined
      if (tensor.type !== 'float32' || other === undefined || !mayFit(tensor, other)) {
        unmatched.push({ index, name: tensor.name, kind })
        continue
      }
      const reference = new Float32Array(tensor.dynamic === true ? 0 : tensor.data.length)
      layers.push({ index, kind, float: tensor, other, reference, state: noise.init(), differs: false })
    }
  }
  return { layers, unmatched }
}

/** Sizes that depend on values are known only when a sample has run. */
const mayFit = (tensor: RuntimeTensor, other: RuntimeTensor): boolean =>
  tensor.dynamic === true || other.dynamic === true || tensor.data.length === other.data.length

function outputsByName({ operators }: Program): ReadonlyMap<string, readonly RuntimeTensor[]> {
  const byName = new Map<string, RuntimeTensor[]>()
  for (const tensor of operators.flatMap(({ outputs }) => outputs)) {
    byName.set(tensor.name, [...(byName.get(tensor.name) ?? []), tensor])
  }
  return byName
}

function keep(layers: readonly Layer[]): (tensor: RuntimeTensor) => void {
  const byTensor = new Map(layers.map((layer) => [layer.float, layer]))
  return (tensor) => {
    const layer = byTensor.get(tensor)
    if (layer === undefined) return
    const values = tensor.data as Float32Array
    // Sizes that depend on values change from sample to sample.
    if (layer.reference.length === values.length) layer.reference.set(values)
    else layer.reference = values.slice()
  }
}

function compareWithKept(layers: readonly Layer[]): (tensor: RuntimeTensor) => void {
  const byTensor = new Map(layers.map((layer) => [layer.other, layer]))
  const read = realValuesAgain()
  return (tensor) => {
    const layer = byTensor.get(tensor)
    if (layer === undefined) return
    const { length } = tensor.data
    if (length !== layer.reference.length) layer.differs = true
    else noise.add(layer.state, read(tensor), layer.reference)
  }
}

const unmatchedLayer = ({ index, kind, float: { name } }: Layer) => ({ index, name, kind })

function layerError({ index, kind, float, state }: Layer): LayerError {
  return { index, name: float.name, kind, sqnrDb: noise.decibels(state), maxAbs: state.maxAbs }
}
