/**
 * Stops the real command by Ctrl-C and by termination at many points, and looks at what it leaves: an old file as it was or
 * the new one whole, no temporary file, one line of reason and the right exit code. Then gives it outputs that take nothing. Needs `npm run build` first, or the path of
 * another bin as argument. Prints a line per check; exits 1 when one fails.
 */
import { execFileSync, spawn } from 'node:child_process'
import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { workspaceRoot } from './workspace-root.ts'

const bin = process.argv[2] ?? join(workspaceRoot, 'packages/quantrx/bin/quantrx.js')
const demo = join(workspaceRoot, 'packages/cli/demo')
const slowDisk = pathToFileURL(join(workspaceRoot, 'tools/interrupts/slow-disk.mjs')).href
const folder = join(workspaceRoot, '.tmp/interrupts')

interface Interrupted {
  readonly name: string
  readonly argv: readonly string[]
  /** Text on stderr at which the signal is sent, some milliseconds later. */
  readonly at?: string
  readonly after?: number
  readonly signal?: 'SIGINT' | 'SIGTERM'
  /** Sent a second time, when the first has been told to be heard, to a command that does not end by itself. */
  readonly twice?: boolean
  readonly slowDisk?: string
  /** How long that takes; so long that nobody would wait for it, unless something else is said. */
  readonly slowMilliseconds?: number
  /** Whether the command cannot end by itself, so that it ends as by the signal alone: for shells with the same exit code. */
  readonly stuck?: boolean
  /** What was written as a whole before the signal came. */
  readonly whole?: readonly string[]
}

interface Ending {
  readonly code: number | null
  readonly signal: string | null
  readonly stderr: string
  /** From the last signal to the end. */
  readonly milliseconds: number
}

async function interrupt(check: Interrupted): Promise<Ending> {
  const { argv, at, after = 0, signal = 'SIGINT', twice = false, slowMilliseconds = 60_000 } = check
  const child = spawn(process.execPath, ['--import', slowDisk, bin, ...argv], {
    cwd: folder,
    env: { ...process.env, SLOW_DISK: check.slowDisk ?? '', SLOW_MILLISECONDS: String(slowMilliseconds) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<[number | null, string | null]>((resolve) =>
    child.on('close', (code, by) => resolve([code, by])),
  )
  let stderr = ''
  const reached = new Promise<void>((resolve) =>
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
      if (at !== undefined && stderr.includes(at)) resolve()
    }),
  )
  await Promise.race([at === undefined ? undefined : reached, ended])
  await setTimeout(after)
  child.kill(signal)
  if (twice) {
    await setTimeout(200)
    child.kill(signal)
  }
  const sent = performance.now()
  const hung = setTimeout(20_000).then(() => child.kill('SIGKILL'))
  const [code, by] = await ended
  void hung
  return { code, signal: by, stderr, milliseconds: Math.round(performance.now() - sent) }
}

function complaints(check: Interrupted, ending: Ending): string[] {
  const { whole = [], signal = 'SIGINT', twice = false, stuck = false } = check
  const { code, stderr } = ending
  const wanted = signal === 'SIGINT' ? 130 : 143
  const reason = stderr.split('\n').filter((line) => line.includes('no unfinished file is left'))
  const unexpected = stderr.includes('unexpected failure')
  const files = readdirSync(folder).sort()
  const changed = outputs.filter((name) => readFileSync(join(folder, name), 'utf8') !== 'old')
  return [
    ...((stuck || twice ? ending.signal === signal : code === wanted)
      ? []
      : [`exit code ${code} (${ending.signal}), expected ${wanted}`]),
    ...(unexpected || (!twice && reason.length !== 1) ? [`told: ${stderr}`] : []),
    ...(files.join() === present.join() ? [] : [`files left: ${files.join(', ')}`]),
    ...(changed.join() === whole.join() ? [] : [`changed: ${changed.join(', ')}`]),
  ]
}

const outputs = ['out.tflite', 'out.wasm', 'report.html']
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
cpSync(demo, folder, { recursive: true })
execFileSync('mkfifo', [join(folder, 'pipe.tflite')])
writeFileSync(
  join(folder, 'slow.mjs'),
  `process.stderr.write('slow config\\n')\nawait new Promise((go) => setTimeout(go, 1000))\nexport default {}\n`,
)
const present = [...readdirSync(folder), ...outputs].sort()

// Takes requests and never answers.
const silent = createServer(() => undefined).listen(0, '127.0.0.1')
await new Promise((resolve) => silent.once('listening', resolve))
const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/samples.arrow`

const quantize = ['quantize', 'demo.tflite', '--out', 'out.tflite']
const calibrated = [...quantize, '--data', 'calibration.arrow', '--samples', '20']
const reported = [...calibrated, '--report', 'report.html']
const endless = [...quantize, '--random-samples', '10000000']
const begun = 'samples are random'
const compile = ['compile', 'demo.tflite', '--out', 'out.wasm']

/** While a file is written: to a disk that goes on, however slowly, and to one that does not. */
const writing = (name: string, argv: readonly string[], slowDisk: string, whole: readonly string[] = []) =>
  [
    { name: `while writing ${name}`, argv, slowDisk, at: 'slow disk', slowMilliseconds: 500, whole },
    {
      name: `while writing ${name} to a disk that hangs`,
      argv,
      slowDisk,
      at: 'slow disk',
      stuck: true,
      whole,
    },
  ] satisfies Interrupted[]

const checks: readonly Interrupted[] = [
  ...writing('a model', calibrated, 'write out.tflite'),
  ...writing('a module', compile, 'write out.wasm'),
  ...writing('a report', reported, 'write report.html', ['out.tflite']),
  { name: 'while loading', argv: [...calibrated, '--config', 'slow.mjs'], at: 'slow config', after: 50 },
  {
    name: 'while reading samples from a silent network',
    argv: [...quantize, '--data', address],
    after: 1500,
  },
  { name: 'while calibrating', argv: endless, at: begun, after: 700 },
  { name: 'while calibrating, by SIGTERM', argv: endless, at: begun, after: 700, signal: 'SIGTERM' },
  { name: 'while calibrating on 2 threads', argv: [...endless, '--threads', '2'], at: begun, after: 1500 },
  {
    ...{ name: 'while writing, by SIGTERM', signal: 'SIGTERM', slowMilliseconds: 500 },
    ...{ argv: calibrated, slowDisk: 'write out.tflite', at: 'slow disk' },
  },
  {
    ...{ name: 'while writing to a disk that hangs, twice', twice: true },
    ...{ argv: calibrated, slowDisk: 'write out.tflite', at: 'slow disk' },
  },
  { name: 'while renaming', stuck: true, argv: calibrated, slowDisk: 'rename out.tflite', at: 'slow disk' },
  {
    ...{ name: 'while measuring for a report', at: begun, after: 4000, whole: ['out.tflite'] },
    argv: [...quantize, '--random-samples', '5', '--report', 'report.html', '--test', address],
  },
  { name: 'while reading a pipe', argv: ['inspect', 'pipe.tflite'], after: 1500, stuck: true },
  { name: 'while reading a pipe, twice', argv: ['inspect', 'pipe.tflite'], after: 1500, twice: true },
]

let failed = 0
for (const check of checks) {
  for (const name of outputs) writeFileSync(join(folder, name), 'old')
  const ending = await interrupt(check)
  const wrong = complaints(check, ending)
  if (wrong.length > 0) failed++
  console.log(`${wrong.length === 0 ? 'ok     ' : 'FAILED '} ${check.name} (${ending.milliseconds} ms)`)
  for (const each of wrong) console.log(`        ${each}`)
}
const closedOutputs = [
  { name: 'results that nobody reads', code: 141, told: /^$/ },
  { name: 'results on a full disk', code: 1, told: /^quantrx: \[command\] "stdout": .*ENOSPC.*\n$/ },
]
for (const { name, code, told } of closedOutputs) {
  const full = code === 1 ? openSync('/dev/full', 'w') : undefined
  const child = spawn(process.execPath, [bin, 'inspect', 'demo.tflite', '--json'], {
    cwd: folder,
    stdio: ['ignore', full ?? 'pipe', 'pipe'],
  })
  child.stdout?.destroy()
  if (full !== undefined) closeSync(full)
  let stderr = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = await new Promise<number | null>((resolve) => child.on('close', resolve))
  const right = ended === code && told.test(stderr)
  if (!right) failed++
  console.log(`${right ? 'ok     ' : 'FAILED '} ${name}`)
  if (!right) console.log(`        exit code ${ended}, expected ${code}; told: ${stderr}`)
}
silent.close()
silent.closeAllConnections()
console.log(`${checks.length + closedOutputs.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
