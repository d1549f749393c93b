import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWithFixtures, fixturePath } from '@quantrx/testing'
import { builtinCodeFields, readModel, writeModel } from '@quantrx/tflite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runJson, runMain } from '../run-main.conformance.ts'
import { demoFiles } from '../shared/demo-files.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The demo model with an operator of a kind that nothing runs in place of its first one. */
async function unknownOperator(): Promise<string> {
  const model = readModel(await readFile(demoFiles.model))
  const operatorCodes = model.operatorCodes!.map((code, at) => {
    return at === 0 ? { ...code, ...builtinCodeFields('LSH_PROJECTION') } : code
  })
  const path = join(folder, 'unknown.tflite')
  await writeFile(path, writeModel({ ...model, operatorCodes }))
  return path
}

describe('memory', () => {
  it('tells how much a model takes when it runs', async () => {
    const { arenaBytes, liveBytes } = await runJson(['inspect', demoFiles.model])
    expect(liveBytes).toBeGreaterThan(24 * 24 * 4)
    expect(arenaBytes).toBeGreaterThanOrEqual(liveBytes as number)
    const { stdout } = await runMain(['inspect', demoFiles.model])
    expect(stdout).toContain(`${(arenaBytes as number).toLocaleString('en')} bytes`)
  })

  it('still shows what is inside a model that does not run, and says why it does not', async () => {
    const result = await runJson(['inspect', await unknownOperator()])
    expect(result).toMatchObject({ arenaBytes: null, liveBytes: null })
    expect(result['cannotRun']).toContain('LSH_PROJECTION')
  })
})

describeWithFixtures('memory of real models', () => {
  it.each([
    'mobilenet_v1_0.25_224_float',
    'mobilenet_v1_0.25_224_uint8_qat_official',
    'resnet8_cifar10_int8_official',
  ])('%s: within a tenth of what is needed at one moment', async (name) => {
    const { arenaBytes, liveBytes } = await runJson(['inspect', fixturePath(`data/models/${name}.tflite`)])
    expect(arenaBytes as number).toBeLessThanOrEqual((liveBytes as number) * 1.1)
  })
})
