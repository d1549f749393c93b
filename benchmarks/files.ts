/**
 * How long it takes to read and to write model files, and how much memory: a model of 100 MB, in a process of its own for each run,
 * and a file over 2 GB (sparse: its weights are holes), rewritten in parts. Prints medians and whether the bars are met.
 */
import { execFileSync } from 'node:child_process'
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtinCodeFields, modelParts, readModel, writeModel } from '@quantrx/tflite'
import type { ByteSource, Model } from '@quantrx/tflite'

/** What one process measured; times in milliseconds, memory in bytes. */
interface Measured {
  readonly readMs: number
  readonly writeMs: number
  readonly peakBytes: number
}

const layers = 50
const usualBytes = 100 * 10 ** 6
const largeBytes = 2 ** 31 + 2 ** 26

/** Milliseconds, and multiples of the file beyond what Node takes for itself. */
const bars = {
  whole: { read: 50, write: 500, peak: 2.5 },
  parts: { read: 50, write: 500, peak: 2.5 },
  large: { read: undefined, write: undefined, peak: 1 },
} as const

/** Fully connected layers that together have so many bytes of weights. */
function layeredModel(
  weights: (bytes: number) => NonNullable<Model['buffers']>[number],
  bytes: number,
): Model {
  const each = Math.floor(bytes / layers / 4096) * 4096
  const columns = 1024
  const rows = each / 4 / columns
  const tensor = { type: 'FLOAT32', isVariable: false, hasRank: true, externalBuffer: 0 } as const
  const indices = Array.from({ length: layers }, (_, at) => at)
  return {
    version: 3,
    operatorCodes: [{ ...builtinCodeFields('FULLY_CONNECTED'), version: 1 }],
    buffers: [{ offset: 0n, size: 0n }, ...indices.map(() => weights(each))],
    subgraphs: [
      {
        ...{ inputs: [0], outputs: indices.map((at) => 2 + 2 * at), debugMetadataIndex: -1 },
        tensors: [
          { ...tensor, name: 'input', shape: [1, columns], buffer: 0 },
          ...indices.flatMap((at) => [
            { ...tensor, name: `layer ${at}/weights`, shape: [rows, columns], buffer: at + 1 },
            { ...tensor, name: `layer ${at}/output`, shape: [1, rows], buffer: 0 },
          ]),
        ],
        operators: indices.map((at) => ({
          ...{ opcodeIndex: 0, inputs: [0, 1 + 2 * at, -1], outputs: [2 + 2 * at] },
          ...{ customOptionsFormat: 'FLEXBUFFERS', debugMetadataIndex: -1 },
          ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n },
        })),
      },
    ],
  }
}

/** The peak of the process, which does nothing else, beyond what it took before it began. */
const startBytes = process.memoryUsage.rss()
const peakBytes = (): number => process.resourceUsage().maxRSS * 1024 - startBytes

async function timed<Value>(work: () => Value | Promise<Value>): Promise<readonly [Value, number]> {
  const started = performance.now()
  const value = await work()
  return [value, performance.now() - started]
}

/** Reads a file from memory and writes it to another, in one piece or in parts. */
async function measureUsual(path: string, inParts: boolean): Promise<Measured> {
  const bytes = readFileSync(path)
  const [model, readMs] = await timed(() => readModel(bytes))
  const [, writeMs] = await timed(() =>
    inParts ? writeFile(`${path}.copy`, modelParts(model).parts) : void writeModel(model),
  )
  return { readMs, writeMs, peakBytes: peakBytes() }
}

/** Reads a file in parts and writes it again; zeros are not written, as they were not. */
async function measureLarge(path: string): Promise<Measured> {
  const [model, readMs] = await timed(() => readModel(sourceOf(path)))
  const [, writeMs] = await timed(() => writeSparse(`${path}.copy`, modelParts(model).parts))
  return { readMs, writeMs, peakBytes: peakBytes() }
}

function sourceOf(path: string): ByteSource {
  const file = openSync(path, 'r')
  return {
    byteLength: statSync(path).size,
    read(start, end) {
      const bytes = new Uint8Array(end - start)
      readSync(file, bytes, 0, bytes.length, start)
      return bytes
    },
  }
}

const zeros = new Uint8Array(2 ** 23)

function writeSparse(path: string, parts: Iterable<Uint8Array>): void {
  const file = openSync(path, 'w')
  let position = 0
  for (const part of parts) {
    const hole = part.length <= zeros.length && Buffer.compare(part, zeros.subarray(0, part.length)) === 0
    if (!hole) writeSync(file, part, 0, part.length, position)
    position += part.length
  }
  ftruncateSync(file, position)
  closeSync(file)
}

const holes: ByteSource = { byteLength: largeBytes, read: (start, end) => zeros.subarray(0, end - start) }

function writeExamples(folder: string): { readonly usual: string; readonly large: string } {
  const [usual, large] = [join(folder, 'usual.tflite'), join(folder, 'large.tflite')]
  const filled = (bytes: number) => ({ data: new Uint8Array(bytes).fill(7), offset: 0n, size: 0n })
  writeFileSync(usual, writeModel(layeredModel(filled, usualBytes)))
  let start = 0
  const hole = (byteLength: number) => {
    start += byteLength
    return { offset: 0n, size: 0n, outside: { source: holes, start: start - byteLength, byteLength } }
  }
  writeSparse(large, modelParts(layeredModel(hole, largeBytes)).parts)
  return { usual, large }
}

type Kind = keyof typeof bars

/** Runs a measurement in a process of its own, so that its peak is its own. */
function inProcess(kind: Kind, path: string): Measured {
  const flags = ['--conditions=@quantrx/source', '--import=tsx']
  const args = [...flags, fileURLToPath(import.meta.url), kind, path]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measured
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!

const judged = (value: number, bar: number | undefined): string =>
  bar === undefined ? '' : value <= bar ? `, at most ${bar}` : `, MORE THAN ${bar}`

function report(kind: Kind, name: string, path: string, runs: number): void {
  const measured = Array.from({ length: runs }, () => inProcess(kind, path))
  const size = statSync(path).size
  const of = (field: keyof Measured): number => median(measured.map((each) => each[field]))
  const { read, write, peak } = bars[kind]
  const ratio = of('peakBytes') / size
  console.log(`${name}: ${size.toLocaleString('en')} bytes, median of ${runs}`)
  console.log(`  read   ${of('readMs').toFixed(1)} ms${judged(of('readMs'), read)}`)
  console.log(`  write  ${of('writeMs').toFixed(0)} ms${judged(of('writeMs'), write)}`)
  console.log(
    `  peak   ${(of('peakBytes') / 2 ** 20).toFixed(0)} MiB, ${ratio.toFixed(2)} x the file${judged(ratio, peak)}`,
  )
}

const [kind, path] = process.argv.slice(2)
if (kind !== undefined && path !== undefined) {
  const measured = kind === 'large' ? await measureLarge(path) : await measureUsual(path, kind === 'parts')
  console.log(JSON.stringify(measured))
} else {
  const folder = mkdtempSync(join(tmpdir(), 'quantrx-files-'))
  try {
    const { usual, large } = writeExamples(folder)
    report('whole', 'in memory, written in one piece', usual, 7)
    report('parts', 'in memory, written to a file in parts', usual, 7)
    report('large', 'read and written in parts', large, 3)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
