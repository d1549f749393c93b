import type { Opener, Sample } from '@quantrx/core'
import { activationRunner, compile, shapedFor } from '@quantrx/runtime'
import { realInputs } from '@quantrx/evaluators'
import type { Candidate } from '@quantrx/schemes'
import { quantizationOf } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { chooseSamples } from '../graph/chosen-samples.ts'
import { matchOperators } from '../graph/match-operators.ts'
import { haveOneShape, startBatch } from '../graph/sample-batch.ts'
import type { PartialRun } from '../graph/sample-batch.ts'
import { mainGraph } from '../graph/slice-operators.ts'
import { addChannelMeans, mostSamples, startChannelMeans } from './channel-means.ts'
import type { ChannelMeans, Means } from './channel-means.ts'
import { correctableLayer, correctableOutputs } from './correctable-layer.ts'
import type { CorrectableLayer } from './correctable-layer.ts'
import { measuredMeans } from './layer-error.ts'
import { shiftBias } from './shifted-bias.ts'

/** Choices of `correctBias`. */
export interface BiasCorrectionOptions extends PartialRun {
  /** How often each layer is corrected; 1 by default. A second time reaches what an activation function kept from the first. */
  readonly rounds?: number
  /** What calibration has found out about the float model; samples that it lacks are run through that again. */
  readonly means?: ChannelMeans
  readonly signal?: AbortSignal
  /** Told after each operator, with the number of operators behind. */
  readonly onOperator?: (done: number, total: number) => void
}

/**
 * Corrects the mean error of every output channel of a candidate's layers, in execution order, each with what its inputs are
 * once all layers before it are corrected: the mean of the channel over an even choice of at most `mostSamples` samples,
 * less its mean in the float model over the same samples, is taken off the bias. Errors of weights and of activations rounded
 * or clipped do not average out within a channel, above all where it has few weights, as in DEPTHWISE_CONV_2D.
 *
 * Means are taken behind the fused activation function, where both models have a tensor and where the next layer sees the
 * error; those before it would weigh errors that the function hides. Both means have to be of the same samples: the spread
 * between samples is larger than the errors.
 *
 * After M. Nagel et al. 2019, Data-Free Quantization Through Weight Equalization and Bias Correction, section 4.2 and appendix
 * D (empirical bias correction). Concerns CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED and TRANSPOSE_CONV of the main subgraph
 * whose weights are no float constants any more; everything else is left as it is. Runs with the integer kernels.
 *
 * Memory: the live activations of the chosen samples, advanced together one operator at a time. The same candidate and
 * samples give the same bytes everywhere.
 *
 * @throws DataError when there are no samples, or one holds NaN.
 *
 * @example
 * const better = await correctBiases(quantizeModel(model, calibration, int8()), npyFile('calibration.npy'))
 */
export async function correctBiases<Strategy extends string>(
  candidate: Candidate<Strategy>,
  open: Opener,
  options: BiasCorrectionOptions = {},
): Promise<Candidate<Strategy>> {
  const { rounds = 1, means: _means, signal, onOperator, ...run } = options
  const { source } = candidate
  const samples = await chooseSamples(open, {
    ...{ limit: mostSamples, stage: 'quantize' },
    ...(signal && { signal }),
  })
  const floatMeans = averages(samples, await completeMeans(candidate, samples, options))
  const originals = matchOperators(source, candidate.model)
  const batch = await startBatch(candidate.model, samples, run)
  let { model } = candidate
  for (const [at, original] of originals.entries()) {
    signal?.throwIfAborted()
    let layer = original === undefined ? undefined : correctableLayer(source, original, model, at)
    if (layer !== undefined && !haveOneShape(batch.tensors(layer.input))) layer = undefined
    for (let round = 0; round < rounds && layer !== undefined; round++) {
      const means = await measuredMeans(batch, model, layer, run)
      model = shiftBias(model, layer, differences(floatMeans(layer), means))
      layer = correctableLayer(source, original!, model, at)
    }
    await batch.step(model)
    onOperator?.(at + 1, originals.length)
  }
  return { ...candidate, model, parameters: withNewBiases(candidate, model) }
}

const differences = (wanted: Means, found: Means): Means => wanted.map((value, at) => value - found[at]!)

/** The means of all chosen samples: those that are known, and those of the others from a run of the float model. */
async function completeMeans(
  { source, model }: Candidate,
  samples: readonly Sample[],
  { means: known = startChannelMeans(), signal, customOperators }: BiasCorrectionOptions,
): Promise<ChannelMeans> {
  const unknown = samples.filter(({ index }) => known.samples[index] === undefined)
  const [first] = unknown
  if (first === undefined) return known
  const means = startChannelMeans()
  const tensors = correctableOutputs(source)
  const options = shapedFor(model, customOperators === undefined ? {} : { customOperators }, first)
  const [run, stored] = [activationRunner(await compile(source, options)), await compile(model, options)]
  unknown.forEach(({ inputs }, index) => {
    signal?.throwIfAborted()
    const sample = { index, inputs: realInputs(stored, inputs) }
    run(sample, (activation) => addChannelMeans(means, activation, tensors))
  })
  const found = unknown.map(({ index }, at) => [index, means.samples[at] ?? {}] as const)
  return { ...known, samples: { ...known.samples, ...Object.fromEntries(found) } }
}

/** Means over all samples, added in their order; every sample has equally many positions. */
function averages(samples: readonly Sample[], { samples: means }: ChannelMeans) {
  return ({ floatOutput, channels }: CorrectableLayer): Means => {
    const sums = new Float64Array(channels)
    for (const { index } of samples) {
      const own = means[index]?.[floatOutput] ?? []
      for (let channel = 0; channel < channels; channel++) sums[channel]! += own[channel] ?? 0
    }
    return Array.from(sums, (sum) => sum / samples.length)
  }
}

function withNewBiases({ model: before, parameters }: Candidate, model: Model): Candidate['parameters'] {
  const { tensors = [] } = mainGraph(model)
  const first = mainGraph(before).tensors?.length ?? 0
  const added = tensors.slice(first).flatMap((tensor, at) => {
    const quantization = quantizationOf(tensor)
    if (quantization === undefined) return []
    return [{ subgraph: 0, index: first + at, name: tensor.name ?? '', type: tensor.type, ...quantization }]
  })
  return [...parameters, ...added]
}
