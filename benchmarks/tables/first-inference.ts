import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { BundledFile } from '@quantrx/testing'
import { liteRtBuild } from '../contestants/peers.ts'
import { atMost, ratioClaim } from '../measuring/claim.ts'
import { drawTable, drawTiming } from '../measuring/draw.ts'
import { timing } from '../measuring/rounds.ts'
import type { Timing } from '../measuring/rounds.ts'
import { median } from '../measuring/statistics.ts'
import { modelCase, modelPath } from '../models/model-files.ts'
import { networkNamed } from '../models/networks.ts'
import { browserBundle } from '../start/browser-bundle.ts'
import { runProcess } from '../start/run-process.ts'
import type { StartProcess } from '../start/run-process.ts'
import type { Stages } from '../start/stages.ts'
import type { BenchTable, Settings } from './table.ts'

/** What a process for each round measured. */
export interface Start {
  readonly name: string
  readonly all: Timing
  /** Medians of the stages. */
  readonly stages: Stages
}

/** From nothing to the first result. */
export interface FirstInference {
  readonly liteRtBuild: string
  /** LiteRT.js first, then ours by where the code comes from. */
  readonly starts: readonly Start[]
}

const network = networkNamed('mobilenet')

/** Table 3: load, compile and first inference, each time in a new process. */
export const firstInference: BenchTable<FirstInference> = {
  name: 'first-inference',
  title: `Load, compile and first inference of ${network.name}, our int8 file, in new processes: median ms, in parentheses the fastest`,
  async measure(settings) {
    const processes = await startProcesses(settings)
    const entries = Object.entries(processes)
    const rounds = Array.from({ length: settings.rounds }, () =>
      entries.map(([, process]) => runProcess(process)),
    )
    const starts = entries.map(([name], at) =>
      summarize(
        name,
        rounds.map((round) => round[at]!),
      ),
    )
    return { liteRtBuild: liteRtBuild(), starts }
  },
  draw: ({ liteRtBuild, starts }) =>
    [
      drawTable(
        ['side', 'all', 'stages'],
        starts.map(({ name, all, stages }) => [name, drawTiming(all), drawStages(stages)]),
      ),
      '',
      `LiteRT.js: ${liteRtBuild} build, its engine read from disk. The start of Node itself counts on neither side.`,
    ].join('\n'),
  claims: ({ starts: [theirs, ...ours] }) =>
    ours.map(({ name, all }, at) =>
      ratioClaim(
        `load, compile, run: ${name}, as part of ${theirs!.name}`,
        all,
        theirs!.all,
        at === 0 ? atMost(0.5) : undefined,
      ),
    ),
}

/** What to start, by the name of the side; what has the bar comes second: the code as pages and applications load it, bundled, as LiteRT.js is. */
async function startProcesses({ folder }: Settings): Promise<Readonly<Record<string, StartProcess>>> {
  const model = modelPath(network, 'ours', folder)
  const { inputBytes } = await modelCase(network, 'ours', folder)
  const bundle = writeModules(join(folder, 'quantrx'), await browserBundle())
  const sources = !existsSync(fileURLToPath(new URL('../../packages/runtime/dist', import.meta.url)))
  const entry = new URL('../start/browser-entry.ts', import.meta.url).href
  return {
    'LiteRT.js': {
      script: 'litert-process.ts',
      args: [model, String(inputBytes[0]?.byteLength), liteRtBuild()],
      sources: true,
    },
    'quantrx, bundled': {
      ...{ script: 'quantrx-process.ts', args: [model, pathToFileURL(bundle).href], sources: false },
    },
    [sources ? 'quantrx, from sources' : 'quantrx, as built']: {
      ...{ script: 'quantrx-process.ts', args: [model, entry], sources },
    },
  }
}

/** Writes the modules of a bundle to a folder; returns the path of the first. */
function writeModules(folder: string, modules: readonly BundledFile[]): string {
  const paths = modules.map(({ name, code }) => {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, code)
    return path
  })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  return paths[0]!
}

function summarize(name: string, rounds: readonly Stages[]): Start {
  const all = timing(rounds.map((stages) => [Object.values(stages).reduce((sum, time) => sum + time, 0)]))
  const [first = {}] = rounds
  const stages = Object.fromEntries(
    Object.keys(first).map((stage) => [stage, median(rounds.map((round) => round[stage]!))]),
  )
  return { name, all, stages }
}

const drawStages = (stages: Stages): string =>
  Object.entries(stages)
    .map(([stage, time]) => `${stage} ${time.toFixed(1)}`)
    .join(', ')
