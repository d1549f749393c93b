import { compile } from '@quantrx/runtime'
import type { RuntimeTensor } from '@quantrx/runtime'
import type { Model } from '@quantrx/tflite'
import { shapedAs } from '../graph/sample-batch.ts'
import type { OperatorRun, SampleBatch } from '../graph/sample-batch.ts'
import { sliceInputs, sliceOperators } from '../graph/slice-operators.ts'
import { addBytes, fitsWords } from './byte-sums.ts'
import { channelSums } from './channel-means.ts'
import type { Means } from './channel-means.ts'
import type { CorrectableLayer } from './correctable-layer.ts'

/**
 * Mean of each output channel of a layer, as real numbers, over all samples of a batch that stands in front of it. Sums of
 * stored integers are exact; float outputs are summed in the order of the samples.
 */
export async function measuredMeans(
  batch: SampleBatch,
  model: Model,
  { operator, output, channels }: CorrectableLayer,
  options: OperatorRun = {},
): Promise<Means> {
  const range = { from: operator, to: operator + 1 }
  const given = sliceInputs(model, range).map((index) => batch.tensors(index))
  const program = await compile(sliceOperators(model, range), shapedAs(given, options))
  const result = program.outputs.find(({ index }) => index === output) ?? program.outputs[0]!
  const sums = new Float64Array(channels)
  for (let sample = 0; sample < batch.size; sample++) {
    program.run(given.map((tensors) => tensors[sample]!))
    addValues(result, channels, sums)
  }
  program.close()
  const positions = (batch.size * result.data.length) / channels
  return Array.from(sums, (sum) => realMean(sum / positions, result))
}

function addValues({ data }: RuntimeTensor, channels: number, sums: Float64Array): void {
  if (fitsWords(data, channels)) addBytes(data, channels, sums)
  else channelSums(data as Int16Array, channels, sums)
}

const realMean = (stored: number, { quantization }: RuntimeTensor): number => {
  const { scales: [scale = 1] = [], zeroPoints: [zeroPoint = 0] = [] } = quantization ?? {}
  return scale * (stored - zeroPoint)
}
