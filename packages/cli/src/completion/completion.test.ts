import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runJson, runMain } from '../run-main.conformance.ts'

/** What the shells are answered for a line whose last word is completed. */
async function answer(...words: readonly string[]): Promise<readonly string[]> {
  const { exitCode, stdout, stderr } = await runMain([
    'complete',
    `--current=${words.at(-1)}`,
    '--',
    ...words.slice(0, -1),
  ])
  expect([exitCode, stderr]).toEqual([0, ''])
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t')[0] ?? '')
}

describe('answers to shells', () => {
  it('are the commands', async () => {
    expect(await answer('')).toEqual(expect.arrayContaining(['inspect', 'quantize', 'completion', 'help']))
    expect(await answer('qu')).toEqual(['quantize'])
    expect(await answer('help', 'comp')).toEqual(['compare', 'compile', 'completion'])
  })

  it('are the options of a command and of all, but for those that are given', async () => {
    const options = await answer('quantize', '--samples', '3', '--s')
    expect(options).toEqual(expect.arrayContaining(['--seed', '--scheme']))
    expect(options).not.toContain('--samples')
    expect(options.filter((each) => !each.startsWith('--s'))).toEqual([])
    expect(await answer('--ver')).toEqual(['--version', '--verbose'])
    expect(await answer('inspect', '--js')).toEqual(['--json'])
    expect(await answer('quantize', 'm.tflite', '--con')).toEqual(['--config'])
  })

  it.each([
    [
      ['quantize', '--scheme', 'int8'],
      [':files .json', 'int8', 'int8-per-tensor', 'int8-weights'],
    ],
    [
      ['quantize', '--observer', 'm'],
      ['minmax', 'moving-average:0.9', 'mse'],
    ],
    [
      ['quantize', '--observer=m'],
      ['--observer=minmax', '--observer=moving-average:0.9', '--observer=mse'],
    ],
    [['quantize', '--algorithm', 'gptq,e'], ['gptq,equalize']],
    [
      ['tune', '--observers', 'minmax,m'],
      ['minmax,moving-average:0.9', 'minmax,mse'],
    ],
    [
      ['evaluate', '--arithmetic', ''],
      ['tflite', 'xnnpack'],
    ],
    [
      ['quantize', '--io', 'int'],
      ['int8', 'int16'],
    ],
    [['completion', 'b'], ['bash']],
    [['quantize', '--samples', ''], []],
  ])('are the values: %j', async (words, expected) => {
    expect(await answer(...words)).toEqual(expected)
  })

  it.each([
    [['quantize', ''], ':files .tflite'],
    [['quantize', 'm.tflite', '--data', ''], ':files'],
    [['compare', '--rows', ':3', 'float.tflite', ''], ':files .tflite'],
    [['compile', 'm.tflite', '--out', ''], ':files .wasm'],
    [['--config', ''], ':files'],
  ])('ask for files: %j', async (words, expected) => {
    expect(await answer(...words)).toEqual([expected])
  })

  it('are nothing behind the last argument', async () => {
    expect(await answer('quantize', 'm.tflite', 'x')).toEqual([])
  })
})

it.each(['bash', 'zsh', 'fish', 'powershell'])('prints a script for %s', async (shell) => {
  const { exitCode, stdout } = await runMain(['completion', shell])
  expect([exitCode, stdout.includes('quantrx complete')]).toEqual([0, true])
  expect(await runJson(['completion', shell])).toEqual({ shell, script: stdout })
})

it('knows no other shells', async () => {
  const { exitCode, stderr } = await runMain(['completion', 'csh'])
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Allowed choices are bash, fish')])
})

const run = promisify(execFile)
const hasBash = await run('bash', ['--version']).then(
  () => true,
  () => false,
)

describe.skipIf(!hasBash)('in bash', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quantrx-completion-'))
    // What the command answers is tested above: here it is played back, and the words it is asked with are printed to a file.
    const command = `#!/bin/sh\nprintf '[%s]' "$@" >> ${folder}/asked\ncat ${folder}/answer\n`
    await writeFile(join(folder, 'quantrx'), command)
    await chmod(join(folder, 'quantrx'), 0o755)
    await writeFile(join(folder, 'completion.bash'), (await runMain(['completion', 'bash'])).stdout)
    await mkdir(join(folder, 'models'))
    await writeFile(join(folder, 'models/my model.tflite'), '')
    await writeFile(join(folder, 'models/notes.txt'), '')
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** Completes a line at its end, split as bash does, and tells what was asked and what is offered. */
  async function complete(answered: string, words: readonly string[]) {
    await writeFile(join(folder, 'answer'), answered)
    await rm(join(folder, 'asked'), { force: true })
    const script = [
      `cd '${folder}'; PATH="$PWD:$PATH"; set -u; source completion.bash; source completion.bash`,
      `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}`,
      '_quantrx; cat asked; for each in "${COMPREPLY[@]}"; do printf "\\n%s" "$each"; done',
    ].join('\n')
    const { stdout } = await run('bash', ['--norc', '-c', script])
    const [asked, ...offered] = stdout.split('\n')
    return { asked, offered }
  }

  it('offers what fits the word', async () => {
    const answered = 'quantize\tcommand\nquit\tcommand\nrun\tcommand\n'
    expect(await complete(answered, ['quantrx', 'qu'])).toEqual({
      asked: '[complete][--current=qu][--]',
      offered: ['quantize', 'quit'],
    })
  })

  it('hands words over as they are, and does not run them', async () => {
    const words = ['quantrx', 'quantize', '$(touch ran) `id`', '']
    const { asked } = await complete('', words)
    expect(asked).toBe('[complete][--current=][--][quantize][$(touch ran) `id`]')
  })

  it.each([
    [['quantrx', 'q', '--observer', '=', 'm'], '--observer=m', '--observer=mse', 'mse'],
    [['quantrx', 'q', '--observer', '='], '--observer=', '--observer=mse', 'mse'],
    [['quantrx', 'q', '--observer', 'percentile', ':', '9'], 'percentile:9', 'percentile:99.99', '99.99'],
  ])('completes what bash has split: %j', async (words, current, answered, offered) => {
    const result = await complete(`${answered}\t\n`, words)
    expect(result.asked).toContain(`[--current=${current}][--][q]`)
    expect(result.offered).toEqual([offered])
  })

  it('offers files with these extensions, and folders', async () => {
    const words = (path: string): readonly string[] => ['quantrx', 'quantize', path]
    expect((await complete(':files .tflite\n', words('models/'))).offered).toEqual(['models/my model.tflite'])
    expect((await complete(':files\n', words('models/n'))).offered).toEqual(['models/notes.txt'])
    expect((await complete(':files .tflite\n', words('mod'))).offered).toEqual(['models'])
  })
})
