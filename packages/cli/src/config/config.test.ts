import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeFiles } from '../environment.ts'
import { runJson, runMain } from '../run-main.conformance.ts'
import { demoFiles } from '../shared/demo-files.ts'
import { loadConfig } from './load-config.ts'

let root = ''
let count = 0
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'quantrx-config-'))
})
afterAll(() => rm(root, { recursive: true }))

/** A folder of its own with a config file, beside the demo's samples. */
async function folderWith(name: string, text: string): Promise<string> {
  const folder = join(root, String(count++))
  await mkdir(folder)
  await writeFile(join(folder, name), text)
  await copyFile(demoFiles.calibration, join(folder, 'samples.arrow'))
  return folder
}

const { model } = demoFiles
const settings = {
  data: 'samples.arrow',
  rows: ':20',
  quantize: { samples: 4, observer: 'mse', biasCorrection: false, out: 'small.tflite' },
  tune: { objective: 'latency' },
}

describe('a config file', () => {
  it('gives defaults, its paths relative to itself, and the result tells what was taken', async () => {
    const folder = await folderWith('quantrx.config.json', JSON.stringify(settings))
    const result = await runJson(['quantize', model], { folder })
    const out = join(folder, 'small.tflite')
    expect(result).toMatchObject({ out, samples: 4, observer: 'mse', algorithms: [] })
    const data = join(folder, 'samples.arrow')
    expect(result['config']).toEqual({
      file: join(folder, 'quantrx.config.json'),
      options: { data, rows: ':20', samples: 4, observer: 'mse', biasCorrection: false, out },
    })
    expect((await readFile(out)).length).toBeGreaterThan(0)
  })

  it('is told of on the report page, with the options that came from it', async () => {
    const folder = await folderWith('quantrx.config.json', JSON.stringify(settings))
    const report = join(folder, 'report.html')
    await runJson(['quantize', model, '--observer', 'minmax', '--report', report], { folder })
    const page = (await readFile(report, 'utf8')).replace(/\s+/g, ' ')
    expect(page).toContain(`from the config file ${join(folder, 'quantrx.config.json')};`)
    for (const [name, value] of [
      ['samples', '4'],
      ['biasCorrection', 'false'],
    ])
      expect(page).toContain(`<td>${name}</td><td>${value}</td>`)
    expect(page).not.toContain('<td>observer</td>')
    const out = ['--out', join(folder, 'plain.tflite'), '--report', report]
    await runJson(['quantize', model, '--data', demoFiles.calibration, '--rows', ':2', ...out])
    expect(await readFile(report, 'utf8')).not.toContain('config file')
  })

  it('stands behind the command line', async () => {
    const folder = await folderWith('quantrx.config.json', JSON.stringify(settings))
    const out = join(folder, 'other.tflite')
    const argv = ['quantize', model, '--observer', 'minmax', '--samples=3', '--out', out]
    const result = await runJson(argv, { folder })
    expect(result).toMatchObject({ out, samples: 3, observer: 'minmax', algorithms: [] })
    const { options } = result['config'] as { options: object }
    expect(Object.keys(options)).toEqual(['data', 'rows', 'biasCorrection'])
  })

  it('is told of with --verbose, and left alone with --no-config', async () => {
    const folder = await folderWith('quantrx.config.json', JSON.stringify(settings))
    const argv = ['quantize', model, '--dry-run']
    const { stderr } = await runMain([...argv, '--verbose'], { folder })
    expect(stderr).toContain(`quantrx: from ${join(folder, 'quantrx.config.json')}: data ${folder}`)
    expect(await runJson([...argv, '--no-config'], { folder })).not.toHaveProperty('config')
    expect((await runMain([...argv, '--no-config', '--verbose'], { folder })).stderr).toBe('')
  })

  it.each(['quantrx.config.js', 'quantrx.config.mjs', 'settings.mjs'])('may be %s', async (name) => {
    const folder = await folderWith(name, 'export default { quantize: { scheme: "dynamic", dryRun: true } }')
    if (name.endsWith('.js')) await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    const named = name.startsWith('quantrx') ? [] : ['--config', join(folder, name)]
    expect(await runJson(['quantize', model, ...named], { folder })).toMatchObject({
      scheme: 'dynamic',
      config: { file: join(folder, name), options: { scheme: 'dynamic', dryRun: true } },
    })
  })

  it('serves what a command requires', async () => {
    const folder = await folderWith('quantrx.config.json', '{"compile":{"out":"model.wasm"}}')
    expect(await runJson(['compile', model], { folder })).toMatchObject({ out: join(folder, 'model.wasm') })
  })

  it('keeps addresses and names as they are', async () => {
    const text = JSON.stringify({ data: 'http://127.0.0.1:1/x.arrow', scheme: 'r.json', fit: 'pad' })
    const folder = await folderWith('quantrx.config.json', text)
    const { stderr } = await runMain(['quantize', model, '--dry-run', '--verbose'], { folder })
    expect(stderr).toContain(`data http://127.0.0.1:1/x.arrow, scheme ${join(folder, 'r.json')}, fit pad`)
  })

  it('does not matter for help', async () => {
    const folder = await folderWith('quantrx.config.json', '{')
    expect((await runMain(['quantize', '--help'], { folder })).exitCode).toBe(0)
  })
})

describe('mistakes in a config file', () => {
  it.each([
    ['{"quantise":{}}', ': quantise": got an unknown key, expected one of bench, ', 'Did you mean quantize?'],
    [
      '{"quantize":{"observers":"mse"}}',
      ': quantize.observers": got an unknown key',
      'Did you mean observer?',
    ],
    ['{"quantize":{"runs":3}}', ': quantize.runs": got an unknown key', 'expected one of data, '],
    ['{"quantize":{"samples":"few"}}', ': quantize.samples": got "few"', 'a whole number of 1 or more'],
    ['{"quantize":{"samples":true}}', ': quantize.samples": got true, expected a number or text', ''],
    ['{"quantize":{"observer":5}}', ': quantize.observer": got 5, expected text', ''],
    ['{"quantize":{"dryRun":"yes"}}', ': quantize.dryRun": got "yes", expected true or false', ''],
    ['{"io":"int9"}', ': io": got "int9", expected one of float32, int8, uint8, int16', 'Did you mean int8?'],
    ['{"tune":{"budget":"small"}}', ': tune.budget": got "small", expected agreement>=90%', ''],
    ['{"tune":3}', ': tune": got 3, expected an object', ''],
    ['[]', 'config.json": got [], expected an object', ''],
    ['{\n  "data": "x",\n  samples: 3\n}', 'config.json:3:3": got a syntax error, expected JSON', ''],
  ])('%s', async (text, message, advice) => {
    const folder = await folderWith('quantrx.config.json', text)
    const { exitCode, stdout, stderr } = await runMain(['quantize', model], { folder })
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`[command] "${folder}/quantrx.config.json`)
    expect(stderr).toContain(message)
    expect(stderr).toContain(advice)
  })

  it('are syntax errors in modules, with the place that Node tells of them', async () => {
    const path = join(
      await folderWith('quantrx.config.mjs', 'export default {\n  a: 1\n  b: 2,\n}\n'),
      'quantrx.config.mjs',
    )
    // Tests run in an engine that imports by other rules.
    const importModule = () => Promise.reject(new SyntaxError("Unexpected identifier 'b'"))
    await expect(loadConfig(path, { files: nodeFiles, importModule })).rejects.toThrow(
      /config\.mjs:3:3": got SyntaxError: Unexpected identifier 'b', expected a module that exports/,
    )
  })

  it.each([
    ['throw new Error("no such disk")', 'got Error: no such disk, expected a module that exports'],
    ['export const data = "x"', 'got no default export'],
  ])('are modules that give nothing: %s', async (text, message) => {
    const folder = await folderWith('quantrx.config.mjs', text)
    expect((await runMain(['quantize', model], { folder })).stderr).toContain(message)
  })

  it('are files that are not there, of another kind, or too many', async () => {
    const folder = await folderWith('quantrx.config.json', '{}')
    const stderr = async (...argv: string[]): Promise<string> =>
      (await runMain(['quantize', model, ...argv], { folder })).stderr
    expect(await stderr('--config', 'none.json')).toContain('none.json": got no such file, expected a config')
    expect(await stderr('--config', 'samples.arrow')).toContain(
      'got .arrow, expected .js, .mjs, .json or .ts',
    )
    await writeFile(join(folder, 'quantrx.config.js'), '')
    expect(await stderr()).toContain(
      'got quantrx.config.js and quantrx.config.json, expected one config file',
    )
  })
})

describe('a config file in TypeScript', () => {
  it('is loaded where types are stripped, and refused with a reason elsewhere', async () => {
    const path = join(await folderWith('quantrx.config.ts', 'export default {}'), 'quantrx.config.ts')
    const imported: string[] = []
    const importModule = async (url: string) => {
      imported.push(url)
      return { default: { samples: 3 } }
    }
    expect(await loadConfig(path, { files: nodeFiles, importModule, stripsTypes: true })).toEqual({
      samples: 3,
    })
    await expect(loadConfig(path, { files: nodeFiles, importModule, stripsTypes: false })).rejects.toThrow(
      /config\.ts": got TypeScript, whose types Node \d+\.\d+\.\d+ does not strip, expected Node 22\.18/,
    )
    expect(imported).toHaveLength(1)
  })
})
