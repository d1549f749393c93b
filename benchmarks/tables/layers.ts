import type { Program } from '@quantrx/runtime'
import { integerOptions, openQuantrx } from '../contestants/quantrx.ts'
import { layerTimes } from '../measuring/layer-times.ts'
import type { LayerTimes } from '../measuring/layer-times.ts'
import { gops, peakContestants, peakGops } from '../measuring/peaks.ts'
import type { PeakName } from '../measuring/peaks.ts'
import { race, warmUp } from '../measuring/rounds.ts'
import type { Contestant, Pace } from '../measuring/rounds.ts'
import { layerWork } from '../models/layer-work.ts'
import type { LayerWork } from '../models/layer-work.ts'
import { modelCase } from '../models/model-files.ts'
import type { ModelCase } from '../models/model-files.ts'
import { networkNamed } from '../models/networks.ts'
import type { Network, Variant } from '../models/networks.ts'
import { layerClaims } from './layer-claims.ts'
import { drawLayers } from './layer-drawing.ts'
import type { BenchTable, Settings } from './table.ts'

/** One operator in one arithmetic. */
export interface LayerSpeed {
  readonly kernel: string
  readonly microseconds: number
  /** Absent for operators that do not add up products. */
  readonly gops?: number
}

/** One operator of a model. */
export interface Layer {
  readonly index: number
  readonly kind: string
  readonly output: readonly number[]
  /** Absent for operators that do not add up products. */
  readonly work?: LayerWork
  readonly speeds: Readonly<Record<string, LayerSpeed>>
}

/** The operators of a model file. */
export interface ModelLayers {
  readonly network: Network['name']
  readonly variant: Variant
  readonly layers: readonly Layer[]
}

/** What the machine can do, and what each operator does of it. */
export interface Layers {
  /** In GOPS; those that this engine has. */
  readonly peaks: Partial<Readonly<Record<PeakName, number>>>
  /** How our generated code sums products of integers: `usdot` when its probe accepts the relaxed dot product. */
  readonly innerLoop: string
  readonly models: readonly ModelLayers[]
}

/** Table 2: peaks of the machine, and the operators of the integer models beside them. */
export const layers: BenchTable<Layers> = {
  name: 'layers',
  title:
    'Peaks of this machine, and the operators of the integer models: a tenth of the runs took at most this long',
  measure,
  draw: drawLayers,
  claims: layerClaims,
}

async function measure(settings: Settings): Promise<Layers> {
  const profiles: Profile[] = []
  for (const network of settings.networks) {
    for (const variant of ['published', 'ours'] as const) {
      profiles.push(await openProfile(network, variant, settings.folder))
    }
  }
  const contestants: Record<string, Contestant> = { ...peakContestants() }
  for (const { model, ways } of profiles) {
    for (const [way, { times }] of Object.entries(ways)) {
      contestants[`${model.network} ${model.variant} ${way}`] = times
    }
  }
  for (const contestant of Object.values(contestants)) await warmUp(contestant, settings)
  const timings = await race(contestants, finer(settings))
  const [profile] = profiles
  const innerLoop = profile === undefined ? 'none' : Object.values(profile.ways)[0]!.program.innerLoop
  return { peaks: peakGops(timings), innerLoop, models: profiles.map(readProfile) }
}

/**
 * The same time in shorter turns: shares of a peak mean something only where peak and operators had the same machine, which a
 * neighbour may change from one second to the next.
 */
const finer = ({ rounds, sliceMs }: Pace): Pace => ({ rounds: rounds * 8, sliceMs: sliceMs / 8 })

/** A model whose operators are timed, in each arithmetic. */
interface Profile {
  readonly model: ModelCase
  readonly ways: Readonly<Record<string, { readonly program: Program; readonly times: LayerTimes }>>
}

async function openProfile(network: Network['name'], variant: Variant, folder: string): Promise<Profile> {
  const model = await modelCase(networkNamed(network), variant, folder)
  const ways: Record<string, Profile['ways'][string]> = {}
  for (const [way, options] of Object.entries(integerOptions)) {
    const { program } = await openQuantrx(model, options)
    ways[way] = { program, times: layerTimes(program, model.inputs) }
  }
  return { model, ways }
}

function readProfile({ model: { network, variant, model }, ways }: Profile): ModelLayers {
  const measured = Object.entries(ways).map(
    ([way, { program, times }]) => [way, program.operators, times.p10Ms()] as const,
  )
  const [, operators = []] = measured[0] ?? []
  const layers = operators.map(({ index, kind, outputs }, at): Layer => {
    const work = layerWork(model, index)
    const speeds = measured.map(([way, own, milliseconds]): [string, LayerSpeed] => {
      const { kernel } = own[at]!
      const time = milliseconds[at]!
      const speed = work === undefined ? {} : { gops: gops(work.products, time) }
      return [way, { kernel, microseconds: time * 1000, ...speed }]
    })
    const output = outputs[0]?.shape ?? []
    return {
      ...{ index, kind, output },
      ...(work === undefined ? {} : { work }),
      speeds: Object.fromEntries(speeds),
    }
  })
  return { network, variant, layers }
}
