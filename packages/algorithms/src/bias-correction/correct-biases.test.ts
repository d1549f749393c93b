import { viewBytes } from '@quantrx/core'
import type { Activation } from '@quantrx/core'
import { activationRunner, compile, realValues } from '@quantrx/runtime'
import { dynamic, int8 } from '@quantrx/schemes'
import type { Candidate } from '@quantrx/schemes'
import { constantBytes } from '@quantrx/tflite'
import { lastValueFrom, of } from 'rxjs'
import { expect, it } from 'vitest'
import { replaceConstants } from '../graph/replace-constant.ts'
import { addChannelMeans, startChannelMeans } from './channel-means.ts'
import { correctBias } from './correct-bias.ts'
import { correctBiases } from './correct-biases.ts'
import { correctableOutputs } from './correctable-layer.ts'
import { fullyConnectedModel, quantized, randomRows, samplesOf } from './layer-models.conformance.ts'

const rows = randomRows(100, 4)
const manyRows = randomRows(300, 4)
const weights = [
  [0.9, -0.31, 0.53, 0.118],
  [0.02, 0.33, -0.47, 1.7],
  [-1.1, -0.6, 0.21, 0.05],
]

/** Mean error of each channel, in steps of the output. */
async function meanErrors({ source, model }: Candidate, data = rows): Promise<readonly number[]> {
  const inner = (from: typeof model) => ({
    ...from,
    subgraphs: [{ ...from.subgraphs![0]!, outputs: [outputOf(from)] }],
  })
  const [float, program] = [await compile(inner(source)), await compile(inner(model))]
  const sums = [0, 0, 0]
  for await (const { inputs } of samplesOf(data)(new AbortController().signal)) {
    const expected = float.run(inputs)[0]!.data as Float32Array
    realValues(program.run(inputs)[0]!).forEach((value, at) => (sums[at]! += value - expected[at]!))
  }
  const step = program.outputs[0]!.quantization?.scales[0] ?? 1
  return sums.map((sum) => Math.abs(sum / data.length / step))
}

/** The output of the operator with weights. */
const outputOf = ({ subgraphs: [graph] = [] }: Candidate['model']): number =>
  graph!.operators!.find(({ inputs = [] }) => inputs.length > 1)!.outputs![0]!

/** Weights with too coarse a scale: their errors are large and the same in every sample. */
function coarse(candidate: Candidate<'hand'>): Candidate<'hand'> {
  const { tensors = [], operators = [] } = candidate.model.subgraphs![0]!
  const weightsIndex = operators.find(({ inputs = [] }) => inputs.length > 1)!.inputs![1]!
  const data = constantBytes(candidate.model, tensors[weightsIndex]!)!.map((byte) => byte & 0xe0)
  return { ...candidate, model: replaceConstants(candidate.model, [{ tensor: weightsIndex, data }]) }
}

it('adds what a weight has lost times the mean of its input', async () => {
  // Weight 127 of scale 1 becomes 96: outputs lose 31 x, on average 31 * 2 = 62, which is 496 steps of 1/8.
  const model = fullyConnectedModel([[127]], { bias: [0] })
  const candidate = coarse(quantized(model, [0, 255 / 8], [-1024, 1016]))
  const { model: corrected } = await correctBiases(candidate, samplesOf([[1], [2], [3]]))
  const { tensors = [], operators = [] } = corrected.subgraphs![0]!
  const bias = operators.find(({ inputs = [] }) => inputs.length > 1)!.inputs![2]!
  const [steps] = viewBytes('int32', constantBytes(corrected, tensors[bias]!)!)
  // The mean is known to a rounded output, whose steps are 8, each time.
  expect(Math.abs(steps! - 496)).toBeLessThanOrEqual(8 * 4)
  expect(steps).toBeGreaterThan(0)
})

const models = {
  plain: fullyConnectedModel(weights, { bias: [0.1, -0.2, 1] }),
  'without a bias': fullyConnectedModel(weights),
  'RELU6 that rarely clips': fullyConnectedModel(weights, { bias: [1, 1, 2], activation: 'RELU6' }),
}

it.each(Object.keys(models) as (keyof typeof models)[])(
  'brings the mean error of every channel below half a step: %s',
  async (name) => {
    const candidate = coarse(quantized(models[name], [0, 1], name.startsWith('RELU6') ? [0, 6] : [-3, 3]))
    const corrected = await correctBiases(candidate, samplesOf(rows), { rounds: 2 })
    expect(Math.max(...(await meanErrors(candidate)))).toBeGreaterThan(2)
    expect(Math.max(...(await meanErrors(corrected)))).toBeLessThan(0.5)
  },
)

it('corrects the float bias of hybrid layers', async () => {
  // Weights of fewer than 1024 elements stay float.
  const wide = fullyConnectedModel(
    Array.from({ length: 3 }, () => randomRows(1, 400)[0]!),
    { bias: [1, 2, 3] },
  )
  const data = randomRows(40, 400)
  const candidate = coarse(quantized(wide, [0, 1], [0, 400], dynamic()))
  const corrected = await correctBiases(candidate, samplesOf(data))
  expect(Math.max(...(await meanErrors(candidate, data)))).toBeGreaterThan(1)
  expect(Math.max(...(await meanErrors(corrected, data)))).toBeLessThan(0.001)
})

it('gives the same bytes with means from calibration as without', async () => {
  const candidate = coarse(quantized(models.plain, [0, 1], [-3, 3], int8({ io: 'int8' })))
  const means = startChannelMeans()
  const run = activationRunner(await compile(candidate.source))
  const take = (activation: Activation) =>
    addChannelMeans(means, activation, correctableOutputs(candidate.source))
  for await (const sample of samplesOf(manyRows)(new AbortController().signal)) run(sample, take)
  expect(Object.keys(means.samples)).toHaveLength(75)
  const stream = of(candidate).pipe(correctBias(samplesOf(manyRows), { means }))
  expect(await lastValueFrom(stream)).toEqual(await correctBiases(candidate, samplesOf(manyRows)))
})

it('lists a bias that is new, and leaves the candidate alone', async () => {
  const candidate = coarse(quantized(models['without a bias'], [0, 1], [-3, 3]))
  const before = candidate.model.subgraphs![0]!.tensors!.length
  const { parameters } = await correctBiases(candidate, samplesOf(rows))
  expect(parameters.at(-1)).toMatchObject({ index: before, name: 'w_bias', type: 'INT32' })
  expect(candidate.model.subgraphs![0]!.tensors).toHaveLength(before)
})

it('needs samples', async () => {
  await expect(correctBiases(quantized(models.plain, [0, 1], [-3, 3]), samplesOf([]))).rejects.toThrow(
    '[quantize] "samples": got no samples',
  )
})
