import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { compile } from '@quantrx/runtime'
import { describeWithFixtures, fixturePath } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { runJson, runMain } from '../run-main.conformance.ts'
import { demoFiles } from '../shared/demo-files.ts'

const { model } = demoFiles
const macs = 144 * 72 + 144 * 72 + 144 * 128 + 36 * 2304 + 1440

describe('bench', () => {
  it('tells how long an inference takes, and on what', async () => {
    const result = await runJson(['bench', model, '--runs', '5', '--arithmetic', 'xnnpack'])
    expect(result).toMatchObject({ runs: 5, threads: 1, arithmetic: 'xnnpack' })
    const { medianMs, p10Ms, gops, loadMs } = result as Record<string, number>
    expect(p10Ms).toBeGreaterThan(0)
    expect(medianMs).toBeGreaterThanOrEqual(p10Ms!)
    expect(gops! * medianMs! * 1e6).toBeCloseTo(2 * macs)
    expect(loadMs).toBeGreaterThan(0)
    expect(['reference', 'i16', 'usdot']).toContain(result['kernels'])
  })

  it('says when there is too little work for the threads', async () => {
    const { exitCode, stdout, stderr } = await runMain(['bench', model, '--runs', '1', '--threads', '9'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain(', 1 thread\n')
    expect(stderr).toBe('quantrx: of 9 threads, 1 can be of use to this model here\n')
  })

  describeWithFixtures('with threads', () => {
    it('shares an inference', async () => {
      const resnet8 = fixturePath('data/models/resnet8_cifar10_int8_official.tflite')
      const { threads } = await runJson(['bench', resnet8, '--runs', '3', '--threads', '2'])
      expect(threads).toBe(Math.min(2, availableParallelism()))
    })
  })

  it('names the operators that ran on the reference', async () => {
    const { reference } = await runJson(['bench', model, '--runs', '1'])
    const { operators } = await compile(readModel(await readFile(model)))
    const without = operators.filter(({ kernel }) => kernel === 'reference')
    expect(reference).toEqual(without.map(({ index, kind }) => ({ index, kind })))
    expect(reference).not.toContainEqual(expect.objectContaining({ kind: 'CONV_2D' }))
  })

  it('prints a table for people', async () => {
    const { exitCode, stdout, stderr } = await runMain(['bench', model, '--runs', '3'])
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/median of 3 +[\d.]+ ms/)
    expect(stdout).toMatch(/GOPS/)
  })

  it.each([
    [[], "missing required argument 'model'"],
    [[model, '--runs', '0'], 'Expected a whole number of 1 or more.'],
    [[model, '--runs', 'many'], 'Expected a whole number of 1 or more.'],
    [[model, '--threads', '0'], 'Expected a whole number of 1 or more.'],
    [[model, '--arithmetic', 'decimal'], 'Allowed choices are tflite, xnnpack'],
  ])('is wrong usage: %j', async (args, message) => {
    const { exitCode, stdout, stderr } = await runMain(['bench', ...args])
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  it('stops when it is interrupted', async () => {
    const signal = AbortSignal.timeout(50)
    const { exitCode, stderr } = await runMain(['bench', model, '--runs', '10000000'], { signal })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('no unfinished file is left')
  })

  it('fails on a file that is none', async () => {
    const { exitCode, stderr } = await runMain(['bench', `${model}.gone`])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('no such file')
  })
})
