import {
  channelRanges,
  correctBiases,
  equalizeCalibration,
  equalizeModel,
  gptqCandidate,
} from '@quantrx/algorithms'
import type { Calibration, Opener } from '@quantrx/core'
import { samples } from '@quantrx/data'
import { clippedSqnr, evaluateModel } from '@quantrx/evaluators'
import { minMax, mse, observe } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import { int8, int8PerChannel, int8PerTensor, quantizeModel, schemeOfRules } from '@quantrx/schemes'
import type { Scheme } from '@quantrx/schemes'
import type { Model } from '@quantrx/tflite'
import { lastValueFrom } from 'rxjs'
import type { MethodName } from './subjects.ts'

/** Makes an integer model of a float one. */
export type Method = (model: Model, open: Opener) => Promise<Model>

/** 4-bit weights but where they cost most: in the first and the last layer and in DEPTHWISE_CONV_2D. */
const int4Mixed: Scheme = schemeOfRules({
  name: 'int4-mixed',
  rules: [
    { where: [], treatment: integer(4) },
    { where: [{ position: 'first' }], treatment: integer(8) },
    { where: [{ position: 'last' }], treatment: integer(8) },
    { where: [{ operators: ['DEPTHWISE_CONV_2D'] }], treatment: integer(8) },
  ],
})

function integer(bits: 4 | 8) {
  return { kind: 'integer', activations: 'int8', weights: { ...int8PerChannel, bits } } as const
}

const calibrate = (model: Model, open: Opener) =>
  lastValueFrom(samples(open).pipe(infer(model), observe({ minmax: minMax() })))

const calibrateByError = (model: Model, open: Opener) =>
  lastValueFrom(samples(open).pipe(infer(model), observe({ mse: mse() })))

const channelsOf = (model: Model, open: Opener) =>
  lastValueFrom(samples(open).pipe(infer(model), observe({ channels: channelRanges() })))

const quantizedBy = (scheme: Scheme) => async (model: Model, open: Opener) =>
  quantizeModel(model, await calibrate(model, open), scheme)

async function equalized(model: Model, open: Opener) {
  const channels = await channelsOf(model, open)
  const even = equalizeModel(model, channels, { balance: 'weights' })
  const calibration = equalizeCalibration(await calibrate(model, open), channels, even)
  return quantizeModel(even.model, calibration, int8PerTensor())
}

/** In dB on the calibration samples, which flatter whatever has been fitted to them. */
const clearGain = 0.5

/**
 * Ranges of least error, weights rounded by their inputs, corrected biases; with channels made even where that brings the model
 * clearly nearer to the float one on the calibration samples: it gains where channels differ much, and costs weights precision.
 */
async function bestInt8(model: Model, open: Opener): Promise<Model> {
  const ranges = await calibrateByError(model, open)
  const channels = await channelsOf(model, open)
  const even = equalizeModel(model, channels)
  const improved = async (float: Model, calibration: Calibration): Promise<Model> => {
    const rounded = await gptqCandidate(quantizeModel(float, calibration, int8()), open)
    return (await correctBiases(rounded, open)).model
  }
  const decibels = async (candidate: Model): Promise<number> => {
    const plan = { model: candidate, reference: model, open, metrics: [clippedSqnr()] as const }
    return (await evaluateModel(plan)).metrics.clippedSqnr
  }
  const plain = await improved(model, ranges)
  const equal = await improved(even.model, equalizeCalibration(ranges, channels, even))
  return (await decibels(equal)) > (await decibels(plain)) + clearGain ? equal : plain
}

/** Every method by name, in the order of the table. */
export const methods: Readonly<Record<MethodName, Method>> = {
  'min-max': async (model, open) => (await quantizedBy(int8())(model, open)).model,
  default: async (model, open) => (await correctBiases(await quantizedBy(int8())(model, open), open)).model,
  'best int8': bestInt8,
  'per tensor equalized': async (model, open) => {
    const rounded = await gptqCandidate(await equalized(model, open), open)
    return (await correctBiases(rounded, open, { rounds: 2 })).model
  },
  'int4 mixed': async (model, open) => {
    const rounded = await gptqCandidate(await quantizedBy(int4Mixed)(model, open), open)
    return (await correctBiases(rounded, open, { rounds: 2 })).model
  },
}
