import { readFile } from 'node:fs/promises'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { runMain } from '../run-main.conformance.ts'
import { demoFiles } from '../shared/demo-files.ts'

const { model, calibration } = demoFiles
const colorful = { output: { color: true, columns: 80 }, messages: { color: true, columns: 80 } }

it('tells the version', async () => {
  const manifest = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  expect(await runMain(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' })
})

describe('help', () => {
  it.each([[['--help']], [['help']]])('lists all commands with what they do: %j', async (argv) => {
    const { exitCode, stdout } = await runMain(argv)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/quantize .*turn a float model into an integer one/)
    expect(stdout).toMatch(/completion .*print a script/)
  })

  it('is wrong usage where a command is missing', async () => {
    const { exitCode, stdout, stderr } = await runMain([])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/quantize .*turn a float model/)
  })

  it.each([[['help', 'quantize']], [['quantize', '--help']]])(
    'groups options, with their defaults: %j',
    async (argv) => {
      const { exitCode, stdout } = await runMain(argv)
      expect(exitCode).toBe(0)
      for (const heading of ['Samples:', 'Accuracy:', 'Report:', 'Options:', 'Global Options:', 'Examples:'])
        expect(stdout).toContain(`\n${heading}\n`)
      expect(stdout.replace(/\s+/g, ' ')).toMatch(/--observer <name> how ranges .* \(default: "minmax"\)/)
      expect(stdout).toContain('--config <file>')
    },
  )

  it('fits a terminal, in colour', async () => {
    const { stdout } = await runMain(['quantize', '--help'], colorful)
    expect(stdout).toContain('\x1b[1mSamples:\x1b[22m')
    const lines = stripVTControlCharacters(stdout).split('\n')
    const options = lines.slice(0, lines.indexOf('Examples:'))
    expect(Math.max(...options.map(({ length }) => length))).toBeLessThanOrEqual(80)
  })
})

describe('words that are not known', () => {
  it.each([
    [['quantise', model], "error: unknown command 'quantise'\n(Did you mean quantize?)"],
    [['quantize', model, '--schem', 'int8'], "unknown option '--schem'\n(Did you mean --scheme?)"],
    [['quantize', model, '--data', calibration, '--scheme', 'in8'], 'Did you mean int8?'],
    [['quantize', model, '--data', calibration, '--observer', 'minmux'], 'Did you mean minmax?'],
    [['inspect', model, '--verbos'], "unknown option '--verbos'\n(Did you mean --verbose?)"],
  ])('%j', async (argv, message) => {
    const { exitCode, stdout, stderr } = await runMain(argv)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })
})

describe('output', () => {
  it('is coloured on a terminal, unless --no-color says otherwise, and the same otherwise', async () => {
    const plain = await runMain(['inspect', model])
    const colored = await runMain(['inspect', model], colorful)
    expect(colored.stdout).toContain('\x1b[1moperator')
    expect(plain.stdout).not.toContain('\x1b')
    expect(await runMain(['inspect', model, '--no-color'], colorful)).toEqual(plain)
    const failed = await runMain(['inspect', 'none.tflite'], colorful)
    expect(failed.stderr).toMatch(/^\x1b\[31mquantrx:\x1b\[39m \[command\] "none\.tflite": got no such file/)
  })

  it('is cut to the width of a terminal', async () => {
    const output = { color: false, columns: 60 }
    const { stdout } = await runMain(['quantize', model, '--dry-run'], { output })
    const table = stdout.split('\n').slice(2)
    expect(Math.max(...table.map(({ length }) => length))).toBeLessThanOrEqual(60)
  })

  it('tells with --verbose where a failure comes from', async () => {
    const quiet = await runMain(['inspect', 'none.tflite'])
    const { exitCode, stderr } = await runMain(['inspect', 'none.tflite', '--verbose'])
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`${quiet.stderr}quantrx: because of: Error: ENOENT`)
  })
})
