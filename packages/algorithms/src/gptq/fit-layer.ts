import { solveWithCholesky } from './cholesky.ts'
import { groupSystem } from './group-system.ts'
import type { GroupSystem, RoundingTarget } from './group-system.ts'
import type { LayerMoments } from './layer-moments.ts'
import { quadraticForm, roundChannel } from './round-channel.ts'
import type { StoredWeights } from './stored-weights.ts'
import type { WeightedLayer } from './weighted-layer.ts'

/** What a fit starts from. */
export interface LayerFit {
  readonly layer: WeightedLayer
  readonly moments: LayerMoments
  /** Scale of the stored input; 1 for a float one. */
  readonly inputScale: number
  readonly floatWeights: Float32Array
  /** Weights as they have been rounded so far. */
  readonly stored: StoredWeights
  /** False for layers without a bias, whose mean error has to be part of the fit. */
  readonly hasBias: boolean
  readonly target: RoundingTarget
  /** Weight of staying close to the float weights, as a share of the mean of the matrix's diagonal. */
  readonly damping: number
  /** Factors of the given scales to try, 1 first. */
  readonly scaleFactors: readonly number[]
}

/** What came of it. */
export interface FittedLayer extends Omit<StoredWeights, 'limit'> {
  /** What each channel's bias needs besides to meet the mean of the float layer; 0 without a bias. */
  readonly biasChange: Float64Array
  /** Output channels that got new weights. */
  readonly changed: number
}

/** Integers and scale of one output channel. */
interface ChannelWeights {
  readonly levels: Float64Array
  readonly scale: number
}

/**
 * Chooses the integer weights of a layer so that its output from quantized inputs `q` is closest to that of the float
 * weights: minimizes `E (w·t - ŵ·q)²`, where `t` are the same inputs (`own-inputs`, Frantar et al. 2022, arXiv 2210.17323,
 * equation 1) or those of the float model (`float-inputs`: the errors of earlier layers are made good, too). The real
 * weights that do so solve `(E q qᵀ + λ) ŵ = E q tᵀ w + λ w`, λ being the damping of the paper's algorithm 1. For layers with
 * a bias both expectations are about the means, which the bias then meets. A channel keeps its weights where the outcome is
 * not better than they are, by the error without λ.
 */
export function fitLayer(fit: LayerFit): FittedLayer {
  const { layer, stored, moments, scaleFactors } = fit
  const options = { ...fit, depth: layer.depth, rows: moments.rows, centered: fit.hasBias }
  const systems = moments.groups.map((group) => groupSystem(group, options))
  const systemOf = (channel: number) => systems[Math.floor(channel / (layer.channels / layer.groups))]
  const targets = Array.from({ length: layer.channels }, (_, channel) => {
    const system = systemOf(channel)
    return system === undefined ? floatWeightsOf(fit, channel) : bestRealWeights(fit, system, channel)
  })
  const trials = scaleFactors.map((factor) => roundAll(fit, systemOf, targets, factor))
  // One scale for all channels is one choice for all.
  const shared = stored.scales.length === 1
  const factorAt = shared ? lowest(trials.map(({ costs }) => costs.reduce((sum, cost) => sum + cost, 0))) : -1
  const levels = stored.levels.slice()
  const scales = [...stored.scales]
  const biasChange = new Float64Array(layer.channels)
  let changed = 0
  for (let channel = 0; channel < layer.channels; channel++) {
    const system = systemOf(channel)
    const at = shared ? factorAt : lowest(trials.map(({ costs }) => costs[channel]!))
    const before = channelOf(fit, channel)
    const after = trials[at]!.channels[channel]!
    const forced = shared && after.scale !== before.scale
    const better =
      system !== undefined &&
      measuredError(fit, system, channel, after) < measuredError(fit, system, channel, before)
    const chosen = forced || better ? after : before
    if (chosen !== before) {
      chosen.levels.forEach((level, column) => (levels[layer.weightAt(channel, column)] = level))
      scales[shared ? 0 : channel] = chosen.scale
      changed++
    }
    if (fit.hasBias && system !== undefined) biasChange[channel] = meanError(fit, system, channel, chosen)
  }
  return { levels, scales, biasChange, changed }
}

/** Rounds all channels with their scales times a factor; costs include what λ adds. */
function roundAll(
  fit: LayerFit,
  systemOf: (channel: number) => GroupSystem | undefined,
  targets: readonly Float64Array[],
  factor: number,
) {
  const channels: ChannelWeights[] = []
  const costs: number[] = []
  for (let channel = 0; channel < fit.layer.channels; channel++) {
    const system = systemOf(channel)
    const before = channelOf(fit, channel)
    const scale = factor === 1 ? before.scale : Math.fround(before.scale * factor)
    const target = targets[channel]!
    const grid = { scale, limit: fit.stored.limit }
    const levels = system === undefined ? nearest(target, grid) : roundChannel(system.objective, target, grid)
    const error = levels.map((level, column) => level * scale - target[column]!)
    channels.push({ levels, scale })
    costs.push(system === undefined ? 0 : quadraticForm(system.objective.matrix, fit.layer.depth, error))
  }
  return { channels, costs }
}

/** Solves `(E q qᵀ + λ) ŵ = E q tᵀ w + λ w`, as a step from w for the sake of precision. */
function bestRealWeights(fit: LayerFit, system: GroupSystem, channel: number): Float64Array {
  const weights = floatWeightsOf(fit, channel)
  if (system.cross === system.second) return weights
  const { cross, second } = system
  const size = weights.length
  const step = weights.map((_, row) => {
    let sum = 0
    for (let at = row * size, column = 0; column < size; at++, column++)
      sum += (cross[at]! - second[at]!) * weights[column]!
    return sum
  })
  solveWithCholesky(system.objective.factor, weights.length, step)
  return step.map((change, at) => weights[at]! + change)
}

/** `E (w·t - ŵ·q)²` but for a summand that does not depend on ŵ. */
function measuredError(fit: LayerFit, system: GroupSystem, channel: number, own: ChannelWeights): number {
  const real = own.levels.map((level) => level * own.scale)
  const mixed = product(system.cross, floatWeightsOf(fit, channel))
  const agreement = real.reduce((sum, weight, at) => sum + weight * mixed[at]!, 0)
  return quadraticForm(system.second, real.length, real) - 2 * agreement
}

/** `E w·f - E ŵ·q`: what the bias has to make good. */
function meanError(fit: LayerFit, system: GroupSystem, channel: number, own: ChannelWeights): number {
  return floatWeightsOf(fit, channel).reduce(
    (sum, weight, at) =>
      sum + weight * system.floatMean[at]! - own.levels[at]! * own.scale * system.mean[at]!,
    0,
  )
}

function channelOf({ layer, stored }: LayerFit, channel: number): ChannelWeights {
  const levels = gathered(layer, stored.levels, channel)
  return { levels, scale: stored.scales[channel] ?? stored.scales[0] ?? 1 }
}

const floatWeightsOf = ({ layer, floatWeights }: LayerFit, channel: number): Float64Array =>
  gathered(layer, floatWeights, channel)

const gathered = (layer: WeightedLayer, values: ArrayLike<number>, channel: number): Float64Array =>
  Float64Array.from({ length: layer.depth }, (_, column) => values[layer.weightAt(channel, column)]!)

const nearest = (weights: Float64Array, { scale, limit }: { scale: number; limit: number }): Float64Array =>
  weights.map((weight) => Math.max(-limit, Math.min(limit, Math.round(weight / scale))))

function product(matrix: Float64Array, values: Float64Array): Float64Array {
  const size = values.length
  return values.map((_, row) => {
    let sum = 0
    for (let at = 0; at < size; at++) sum += matrix[row * size + at]! * values[at]!
    return sum
  })
}

function lowest(values: readonly number[]): number {
  let best = 0
  values.forEach((value, at) => {
    if (value < values[best]!) best = at
  })
  return best
}
