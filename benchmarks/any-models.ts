/**
 * `npm run bench:models -- FILE...`: one inference of any .tflite files on random inputs beside LiteRT.js, on the same Node as
 * `npm run bench`. Prints medians of interleaved rounds, how many times as fast quantrx is, and what has no generated code.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { repeatLiteRt } from '@quantrx/testing'
import { nodesToMeasure } from './command/node-versions.ts'
import { liteRtBuild } from './contestants/peers.ts'
import { floatOptions, integerOptions, openQuantrx } from './contestants/quantrx.ts'
import type { QuantrxContestant } from './contestants/quantrx.ts'
import { drawTable, drawTiming, drawValue } from './measuring/draw.ts'
import type { Cell } from './measuring/draw.ts'
import { race } from './measuring/rounds.ts'
import type { Contestant, Timing } from './measuring/rounds.ts'
import { loadModel } from './models/model-files.ts'
import type { LoadedModel } from './models/model-files.ts'

const pace = { rounds: 5, sliceMs: 150 }

/** Ways to run a model: those of integers where it has quantized activations, or weights. */
function waysOf({ model }: LoadedModel) {
  const tensors = model.subgraphs?.flatMap(({ tensors = [] }) => tensors) ?? []
  return tensors.some(({ type, quantization }) => quantization?.scale !== undefined && type !== 'FLOAT32')
    ? integerOptions
    : floatOptions
}

/** LiteRT.js, unless it refuses the model, which it may only do when it runs. */
async function openPeer({ bytes, inputBytes }: LoadedModel): Promise<Contestant | undefined> {
  try {
    const peer = await repeatLiteRt(bytes, inputBytes, liteRtBuild())
    await peer.run()
    return { run: peer.run }
  } catch {
    return undefined
  }
}

async function rowOf(path: string): Promise<readonly (readonly Cell[])[]> {
  const model = await loadModel(Uint8Array.from(readFileSync(path)))
  const peer = await openPeer(model)
  const ours: Record<string, QuantrxContestant> = {}
  for (const [way, options] of Object.entries(waysOf(model))) ours[way] = await openQuantrx(model, options)
  const contestants: Record<string, Contestant> = { ...(peer && { peer }), ...ours }
  const { peer: theirs, ...times } = (await race(contestants, pace)) as Readonly<Record<string, Timing>>
  return Object.entries(times).map(([way, time]) => [
    ...[basename(path), way, drawTiming(theirs), drawTiming(time)],
    theirs && drawValue(theirs.medianMs / time.medianMs, 'times'),
    withoutCode(ours[way]!),
  ])
}

function withoutCode({ program }: QuantrxContestant): string {
  const kinds = program.operators.filter(({ kernel }) => kernel === 'reference').map(({ kind }) => kind)
  return [...new Set(kinds)]
    .map((kind) => `${kind} (${kinds.filter((each) => each === kind).length})`)
    .join(', ')
}

async function measure(paths: readonly string[]): Promise<void> {
  const rows: (readonly Cell[])[] = []
  for (const path of paths) rows.push(...(await rowOf(path)))
  const headings = ['model', 'way', 'LiteRT.js', 'quantrx', 'times as fast', 'without generated code']
  console.log(`${process.version}, median ms, in parentheses the tenth percentile\n`)
  console.log(drawTable(headings, rows))
}

const paths = process.argv.slice(2)
const node = nodesToMeasure()[0]!.path
if (paths.length === 0) {
  console.error('Name .tflite files: npm run bench:models -- model.tflite')
  process.exitCode = 2
} else if (node === process.execPath) {
  await measure(paths)
  // Engines of the other runtime keep a process alive.
  process.exit()
} else {
  const options = ['--conditions=@quantrx/source', `--import=${import.meta.resolve('tsx')}`]
  const { status } = spawnSync(node, [...options, fileURLToPath(import.meta.url), ...paths], {
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
}
