import type { Opener, Sample, Tensor } from '@quantrx/core'
import { realValues } from '@quantrx/runtime'
import type { Candidate, ParameterEntry } from '@quantrx/schemes'
import { dataTypeOf, quantizationOf } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { chooseSamples } from '../graph/chosen-samples.ts'
import { matchOperators } from '../graph/match-operators.ts'
import { replaceConstants } from '../graph/replace-constant.ts'
import { haveOneShape, startBatch } from '../graph/sample-batch.ts'
import type { OperatorRun } from '../graph/sample-batch.ts'
import { mainGraph } from '../graph/slice-operators.ts'
import { refitLayer } from './refit-layer.ts'
import { roundableLayer } from './roundable-layer.ts'

/** Choices of `gptq`. */
export interface GptqOptions extends Pick<OperatorRun, 'customOperators'> {
  /** Share of the matrix's mean diagonal that keeps weights close to the float ones; 0.1 by default. */
  readonly damping?: number
  /** Most samples to look at, chosen evenly; 128 by default. */
  readonly samples?: number
  readonly signal?: AbortSignal
  /** Told after each layer, with the number of operators behind. */
  readonly onOperator?: (done: number, total: number) => void
}

/**
 * Rounds the weights of a candidate again, layer by layer in execution order, each by what its inputs are once all layers
 * before it have their final weights; see `fitLayer`. Weights of 8 bits are to act on those inputs as the float
 * weights do; weights of 4 bits, whose errors are larger, make good the errors of earlier layers, too, and try smaller scales.
 * Biases meet the means of the float layers. Concerns CONV_2D, DEPTHWISE_CONV_2D and FULLY_CONNECTED with symmetric int8 or
 * int4 weights that no other operator uses, in the main subgraph; everything else is left as it is.
 *
 * Memory: the matrices of one layer, and the live activations of at most {@link GptqOptions.samples} samples. The same
 * candidate and samples give the same bytes everywhere.
 *
 * @throws DataError when there are no samples, or one holds NaN.
 *
 * @example
 * const better = await gptqCandidate(quantizeModel(model, calibration, int8()), npyFile('calibration.npy'))
 */
export async function gptqCandidate<Strategy extends string>(
  candidate: Candidate<Strategy>,
  open: Opener,
  options: GptqOptions = {},
): Promise<Candidate<Strategy>> {
  const { damping = 0.1, samples: limit = 128, signal, onOperator, ...run } = options
  const { source } = candidate
  const samples = await chooseSamples(open, { limit, stage: 'quantize', ...(signal && { signal }) })
  const originals = matchOperators(source, candidate.model)
  const own = await startBatch(candidate.model, samples, run)
  const float = await startBatch(source, realSamples(samples, candidate), run)
  let { model } = candidate
  for (const [at, original] of originals.entries()) {
    signal?.throwIfAborted()
    const target = original === undefined ? undefined : roundableLayer(source, original, model, at)
    if (target !== undefined && haveOneShape(own.tensors(target.input.index))) {
      while (float.position < target.original) await float.step()
      model = replaceConstants(model, refitLayer(target, own, float, damping))
    }
    await own.step(model)
    onOperator?.(at + 1, originals.length)
  }
  return { ...candidate, model, parameters: candidate.parameters.map((entry) => renewed(entry, model)) }
}

/** The samples as the float model takes them: real numbers, where they are stored integers to the quantized one. */
function realSamples(samples: readonly Sample[], { source, model }: Candidate): readonly Sample[] {
  const [floats, stored] = [mainGraph(source), mainGraph(model)]
  const asReal = (tensor: Tensor, at: number): Tensor => {
    const own = stored.tensors?.[stored.inputs?.[at] ?? -1]
    const isFloat = floats.tensors?.[floats.inputs?.[at] ?? -1]?.type === 'FLOAT32'
    const quantization = own && quantizationOf(own)
    if (!isFloat || quantization === undefined || dataTypeOf(own!) !== tensor.type) return tensor
    return { type: 'float32', shape: tensor.shape, data: realValues({ name: '', ...tensor, quantization }) }
  }
  return samples.map((sample) => ({ ...sample, inputs: sample.inputs.map(asReal) }))
}

function renewed(entry: ParameterEntry, model: Model): ParameterEntry {
  const tensor = model.subgraphs?.[entry.subgraph]?.tensors?.[entry.index]
  return { ...entry, ...(tensor && quantizationOf(tensor)) }
}
