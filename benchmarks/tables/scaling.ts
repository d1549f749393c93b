import { fasterOptions, integerOptions, openQuantrx } from '../contestants/quantrx.ts'
import { atLeast, ratioClaim } from '../measuring/claim.ts'
import type { Bar } from '../measuring/claim.ts'
import { drawTable, drawTiming, drawValue } from '../measuring/draw.ts'
import { race, ratio, warmUp } from '../measuring/rounds.ts'
import type { Timing } from '../measuring/rounds.ts'
import { modelCase } from '../models/model-files.ts'
import { networkNamed } from '../models/networks.ts'
import type { Network } from '../models/networks.ts'
import type { BenchTable, Settings } from './table.ts'

/** A way to run faster that must be asked for. */
interface Faster {
  readonly name: string
  readonly network: Network['name']
  readonly option: keyof typeof fasterOptions
  readonly bar: Bar
}

const ways: readonly Faster[] = [
  { name: '2 threads', network: 'mobilenet', option: 'twoThreads', bar: atLeast(1.6) },
  { name: 'turbo', network: 'resnet8', option: 'turbo', bar: atLeast(1.4) },
]

/** What asking for it brought; without times where this version of the runtime does not offer it. */
export interface Scaled {
  readonly name: string
  readonly network: Network['name']
  /** Threads that really ran: fewer than asked for where there are not so many cores. */
  readonly threads?: number
  readonly times?: { readonly plain: Timing; readonly faster: Timing }
}

/** What can be had for the asking. */
export interface Scaling {
  readonly ways: readonly Scaled[]
}

/** Table 5: more threads, and turbo, against one thread without flags. */
export const scaling: BenchTable<Scaling> = {
  name: 'scaling',
  title:
    'More threads and turbo, int8 files of ours, xnnpack: median ms, in parentheses the tenth percentile',
  async measure(settings) {
    const measured: Scaled[] = []
    for (const way of ways) measured.push(await measureWay(way, settings))
    return { ways: measured }
  },
  draw: ({ ways }) =>
    drawTable(
      ['way', 'model', 'threads', 'without', 'with', 'times as fast'],
      ways.map(({ name, network, threads, times }) => [
        name,
        network,
        threads?.toFixed(0),
        drawTiming(times?.plain),
        times === undefined ? 'not available' : drawTiming(times.faster),
        times && drawValue(ratio(times.plain, times.faster), 'times'),
      ]),
    ),
  claims: (data) =>
    data.ways.flatMap(({ name, network, times }, at) =>
      times === undefined
        ? []
        : [ratioClaim(`${network}, ${name}`, times.plain, times.faster, ways[at]!.bar)],
    ),
}

async function measureWay({ name, network, option }: Faster, settings: Settings): Promise<Scaled> {
  const options = fasterOptions[option]
  if (options === undefined) return { name, network }
  const model = await modelCase(networkNamed(network), 'ours', settings.folder)
  const plain = await openQuantrx(model, integerOptions.xnnpack)
  // A flag of the engine holds from when it is set: by then the plain code must be what it will be.
  await warmUp(plain, settings)
  const faster = await openQuantrx(model, { ...integerOptions.xnnpack, ...options })
  const { program } = faster
  try {
    return { name, network, threads: program.threads, times: await race({ plain, faster }, settings) }
  } finally {
    program.close()
  }
}
