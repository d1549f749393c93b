import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import loadWabt from 'wabt'
import { describeWith } from '../fixtures.ts'
import { findCommand } from './find-command.ts'

const interpreter = findCommand('spectest-interp')

/** Bytes and where they stand in memory. */
export interface PlacedBytes {
  readonly address: number
  readonly bytes: Uint8Array
}

/** A place in memory. */
export interface Place {
  readonly address: number
  readonly bytes: number
}

/**
 * Runs a module in the interpreter of the WebAssembly Binary Toolkit, which shares no code with V8: for each sample writes its
 * bytes to the exported `memory`, calls the exported `run` and reads places of that memory.
 *
 * The interpreter runs test scripts: modules that import from each other, and calls. A second module, one for each sample, brings
 * the input as its data and gives out words of memory.
 *
 * @returns for each sample, the bytes of each place.
 * @throws Error where the interpreter is not installed or refuses the module.
 */
export async function runInWabt(
  module: Uint8Array,
  samples: readonly (readonly PlacedBytes[])[],
  places: readonly Place[],
): Promise<readonly (readonly Uint8Array[])[]> {
  if (interpreter === undefined) throw new Error('no spectest-interp in PATH')
  const folder = await mkdtemp(join(tmpdir(), 'quantrx-wabt-'))
  try {
    await writeFile(join(folder, 'model.wasm'), module)
    for (const [at, sample] of samples.entries())
      await writeFile(join(folder, `sample${at}.wasm`), await sampleModule(sample))
    const script = { source_filename: 'script', commands: commands(samples.length, places) }
    await writeFile(join(folder, 'script.json'), JSON.stringify(script))
    const { stdout } = await promisify(execFile)(interpreter, ['script.json'], {
      cwd: folder,
      maxBuffer: 2 ** 28,
    })
    return readWords(stdout, samples.length, places)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A module that writes to the model's memory when it starts, and reads from it. */
async function sampleModule(sample: readonly PlacedBytes[]): Promise<Uint8Array> {
  const data = sample.map(({ address, bytes }) => `(data (i32.const ${address}) "${escaped(bytes)}")`)
  const word = '(func (export "word") (param i32) (result i32) (i32.load (local.get 0)))'
  const text = `(module (import "model" "memory" (memory 0)) ${data.join(' ')} ${word})`
  const parsed = (await loadWabt()).parseWat('sample.wat', text)
  const { buffer } = parsed.toBinary({})
  parsed.destroy()
  return buffer
}

const escaped = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('')

function commands(samples: number, places: readonly Place[]): readonly object[] {
  const invoke = (module: string, field: string, args: readonly object[]) => ({
    ...{ type: 'action', line: 1, action: { type: 'invoke', module, field, args }, expected: [] },
  })
  const load = (name: string) => ({ type: 'module', line: 1, name: `$${name}`, filename: `${name}.wasm` })
  return [
    load('model'),
    { type: 'register', line: 1, name: '$model', as: 'model' },
    ...Array.from({ length: samples }, (_, at) => [
      load(`sample${at}`),
      invoke('$model', 'run', []),
      ...places
        .flatMap(wordAddresses)
        .map((address) => invoke(`$sample${at}`, 'word', [{ type: 'i32', value: String(address) }])),
    ]).flat(),
  ]
}

const wordAddresses = ({ address, bytes }: Place): readonly number[] =>
  Array.from({ length: Math.ceil(bytes / 4) }, (_, at) => address + at * 4)

function readWords(
  printed: string,
  samples: number,
  places: readonly Place[],
): readonly (readonly Uint8Array[])[] {
  const words = [...printed.matchAll(/^word\(.*\) => i32:(\d+)$/gm)].map(([, value]) => Number(value))
  const wanted = samples * places.flatMap(wordAddresses).length
  if (words.length !== wanted) throw new Error(`${words.length} words instead of ${wanted}: ${printed}`)
  let next = 0
  return Array.from({ length: samples }, () =>
    places.map((place) => {
      const { length } = wordAddresses(place)
      const found = Uint32Array.from(words.slice(next, (next += length)))
      return new Uint8Array(found.buffer, 0, place.bytes)
    }),
  )
}

/** A suite that needs the interpreter of Debian's `wabt`. */
export function describeWithWabt(name: string, suite: () => void): void {
  describeWith('spectest-interp of wabt', interpreter !== undefined, name, suite)
}
