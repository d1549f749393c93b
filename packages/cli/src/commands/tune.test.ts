import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runJson, runMain } from '../run-main.conformance.ts'
import { demoFiles } from '../shared/demo-files.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-tune-'))
})
afterAll(() => rm(folder, { recursive: true }))

const argv = (budget: string, out: string): readonly string[] => [
  ...['tune', demoFiles.model, '--data', demoFiles.calibration, '--rows', '0:24', '--budget', budget],
  ...['--test', demoFiles.test, '--test-rows', '0:40', '--observers', 'minmax', '--out', join(folder, out)],
]

it('writes the best model and a recipe that gives it', async () => {
  const result = await runJson([...argv('agreement>=90%', 'small.tflite'), '--evaluations', '4'])
  expect(result).toMatchObject({ met: true, samples: 40, objective: 'size' })
  expect(result['evaluations']).toBeLessThanOrEqual(4)
  const { out, recipeFile, bytes, recipe } = result as Record<string, string> & { bytes: { after: number } }
  expect((await readFile(out!)).byteLength).toBe(bytes.after)
  expect(JSON.parse(await readFile(recipeFile!, 'utf8'))).toEqual(recipe)
  const evaluation = [
    'evaluate',
    out!,
    '--against',
    demoFiles.model,
    '--data',
    demoFiles.test,
    '--rows',
    '0:40',
  ]
  const { agreement, top1 } = await runJson(evaluation)
  expect({ agreement, top1 }).toEqual({ agreement: result['agreement'], top1: result['top1'] })
})

it('says that a budget cannot be met, and gives the closest', async () => {
  const { stdout, exitCode } = await runMain([...argv('sqnr>=400dB', 'far.tflite'), '--evaluations', '2'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('the budget cannot be met; this is the closest of 2 candidates')
})

it('refuses a budget that is none', async () => {
  const { stderr, exitCode } = await runMain(argv('small', 'none.tflite'))
  expect(exitCode).toBe(2)
  expect(stderr).toContain('expected agreement>=90%, sqnr>=25dB or top1-drop<=2%')
})
