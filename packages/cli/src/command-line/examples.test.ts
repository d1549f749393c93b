import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tableFromIPC, tableToIPC } from 'apache-arrow'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runMain } from '../run-main.conformance.ts'
import { demoFiles } from '../shared/demo-files.ts'
import { commandNames, loadCommand } from './load-command.ts'

let folder = ''
/** Examples name a float model, an integer one, and few samples of each kind: with these files they are run. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-examples-'))
  await copyFile(demoFiles.model, join(folder, 'model.tflite'))
  for (const [name, path] of [
    ['samples.arrow', demoFiles.calibration],
    ['test.arrow', demoFiles.test],
  ] as const) {
    const few = tableFromIPC(await readFile(path)).slice(0, 48)
    await writeFile(join(folder, name), tableToIPC(few, 'file'))
  }
  const quantize = ['quantize', 'model.tflite', '--data', 'samples.arrow', '--rows', ':8']
  expect((await runMain(quantize.map(inFolder))).exitCode).toBe(0)
})
afterAll(() => rm(folder, { recursive: true }))

/** A word, or the path in the folder where it is a file, or the value of an option that takes folders. */
const inFolder = (word: string, at: number, words: readonly string[]): string =>
  /\.(tflite|arrow|wasm|html|npy|json)$/.test(word) || /^--.*folder$/.test(words[at - 1] ?? '')
    ? join(folder, word)
    : word

/** Words as a shell would split them; examples quote with single quotes only. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

const definitions = await Promise.all(commandNames.map(loadCommand))

it.each(definitions.map(({ name, examples }) => [name, examples] as const))(
  '%s has examples',
  (_, examples) => {
    expect(examples.length).toBeGreaterThan(0)
  },
)

const examples = definitions
  .flatMap((definition) => definition.examples)
  // The demo has a test of its own: it evaluates all its samples, and writes into the folder that it is called in.
  .filter(({ line }) => !line.startsWith('demo'))

it.each(examples.map(({ line }) => line))('quantrx %s', async (line) => {
  const { exitCode, stdout, stderr } = await runMain(wordsOf(line).map(inFolder))
  expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('error')])
  expect(stdout).not.toBe('')
})

it('stand at the end of the help', async () => {
  const { stdout } = await runMain(['compile', '--help'])
  expect(stdout).toMatch(
    /\nExamples:\n {2}Write .*:\n {4}quantrx compile model\.int8\.tflite --out model\.wasm\n/,
  )
})
