import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runJson, runMain } from '../run-main.conformance.ts'
import { demoFiles } from './demo-files.ts'
import { tellTurbo } from './turbo-option.ts'

const { model, test } = demoFiles
let folder = ''
const at = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** What Node's version lets happen, and what is said of it. */
const told =
  /^quantrx: (turbo uses experimental flags of V8; a self-check found|this version of Node has no turbo;).*\n$/

describe('--turbo', () => {
  it('is told by bench', async () => {
    const { exitCode, stdout, stderr } = await runMain(['bench', model, '--runs', '2', '--turbo', '--json'])
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(told)
    const { turbo } = JSON.parse(stdout) as { readonly turbo: boolean }
    expect(turbo).toBe(stderr.includes('self-check'))
  })

  it('does not change what run and evaluate tell', async () => {
    const data = ['--data', test, '--rows', '0:40']
    const evaluation = await runJson(['evaluate', model, ...data])
    const { stdout, stderr } = await runMain(['evaluate', model, ...data, '--turbo', '--json'])
    expect(JSON.parse(stdout)).toEqual(evaluation)
    expect(stderr).toMatch(told)
    await runMain(['run', model, '--input', test, '--output', at('plain.npy')])
    const run = await runMain(['run', model, '--input', test, '--output', at('turbo.npy'), '--turbo'])
    expect(run.stderr).toMatch(told)
    expect(await readFile(at('turbo.npy'))).toEqual(await readFile(at('plain.npy')))
  })

  it('is for one thread when samples are shared', async () => {
    const command = ['evaluate', model, '--data', test, '--turbo', '--threads', '2']
    const { exitCode, stderr } = await runMain(command)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('"--turbo": got --threads 2, expected one thread')
  })

  it.each([
    ['off', ''],
    ['refused', 'quantrx: turbo computes something else than it should; going on without\n'],
  ] as const)('%s', (state, expected) => {
    let printed = ''
    tellTurbo({ stderr: (text) => void (printed += text) }, state)
    expect(printed).toBe(expected)
  })
})
