import { floatOptions, integerOptions, openQuantrx } from '../contestants/quantrx.ts'
import { liteRt, liteRtBuild, optionalPeers } from '../contestants/peers.ts'
import type { Peer } from '../contestants/peers.ts'
import { race } from '../measuring/rounds.ts'
import type { Contestant, Timing } from '../measuring/rounds.ts'
import { modelCase } from '../models/model-files.ts'
import type { ModelCase } from '../models/model-files.ts'
import { networkNamed, variants } from '../models/networks.ts'
import type { Network, Variant } from '../models/networks.ts'
import { inferenceClaims } from './inference-claims.ts'
import { drawInference } from './inference-drawing.ts'
import type { BenchTable, Settings } from './table.ts'

/** Times of one model file by runtime; ours are named after the arithmetic, or after how float products are added. */
export type Timings = Readonly<Record<string, Timing>>

/** What was measured of a network, all its files in the same rounds. */
export interface NetworkTimings {
  readonly network: Network['name']
  readonly files: Readonly<Record<Variant, Timings>>
}

/** A runtime that could not take part, and why. */
export interface Refusal {
  readonly network: string
  readonly variant: Variant
  readonly runtime: string
  readonly reason: string
}

/** Operators of one of our programs that have no generated code. */
export interface ReferenceOperators {
  readonly network: string
  readonly variant: Variant
  readonly way: string
  readonly kinds: readonly string[]
}

/** Times of one inference in every runtime. */
export interface Inference {
  readonly liteRtBuild: string
  /** How our generated code sums products of integers. */
  readonly innerLoop: string
  readonly networks: readonly NetworkTimings[]
  readonly refusals: readonly Refusal[]
  /** Operators of ours without generated code. */
  readonly onReference: readonly ReferenceOperators[]
}

/** Table 1: one inference, in our runtime and in others. */
export const inference: BenchTable<Inference> = {
  name: 'inference',
  title: 'One inference: median ms, in parentheses the tenth percentile',
  everyNode: true,
  async measure(settings) {
    const found: NetworkTimings[] = []
    const notes: Notes = { refusals: [], onReference: [], innerLoop: 'none' }
    for (const name of settings.networks) found.push(await measureNetwork(name, settings, notes))
    return { ...notes, liteRtBuild: liteRtBuild(), networks: found }
  },
  draw: drawInference,
  claims: inferenceClaims,
}

interface Notes {
  readonly refusals: Refusal[]
  readonly onReference: ReferenceOperators[]
  innerLoop: string
}

async function measureNetwork(
  name: Network['name'],
  settings: Settings,
  notes: Notes,
): Promise<NetworkTimings> {
  const contestants: Record<string, Contestant> = {}
  for (const variant of variants) {
    const model = await modelCase(networkNamed(name), variant, settings.folder)
    const opened = { ...(await openPeers(model, notes)), ...(await openOurs(model, notes)) }
    for (const [runtime, contestant] of Object.entries(opened))
      contestants[key(variant, runtime)] = contestant
  }
  const timings = await race(contestants, settings)
  const filed = (variant: Variant): Timings =>
    Object.fromEntries(
      Object.entries(timings)
        .filter(([name]) => name.startsWith(key(variant, '')))
        .map(([name, timing]) => [name.slice(key(variant, '').length), timing]),
    )
  const files = Object.fromEntries(variants.map((variant) => [variant, filed(variant)]))
  return { network: name, files: files as NetworkTimings['files'] }
}

const key = (variant: Variant, runtime: string): string => `${variant}: ${runtime}`

async function openPeers(model: ModelCase, { refusals }: Notes): Promise<Record<string, Contestant>> {
  const opened: Record<string, Contestant> = {}
  const open = async ({ name, open }: Peer): Promise<void> => {
    try {
      opened[name] = await open(model)
    } catch (cause) {
      const { network, variant } = model
      refusals.push({ network, variant, runtime: name, reason: String(cause) })
    }
  }
  for (const peer of [liteRt, ...optionalPeers()]) {
    if (peer.variants?.includes(model.variant) !== false) await open(peer)
  }
  return opened
}

async function openOurs(model: ModelCase, notes: Notes): Promise<Record<string, Contestant>> {
  const { network, variant } = model
  const opened: Record<string, Contestant> = {}
  for (const [name, options] of Object.entries(variant === 'float' ? floatOptions : integerOptions)) {
    const contestant = await openQuantrx(model, options)
    const { operators, innerLoop } = contestant.program
    const kinds = operators.filter(({ kernel }) => kernel === 'reference').map(({ kind }) => kind)
    if (kinds.length > 0) notes.onReference.push({ network, variant, way: name, kinds })
    notes.innerLoop = innerLoop
    opened[name] = contestant
  }
  return opened
}
