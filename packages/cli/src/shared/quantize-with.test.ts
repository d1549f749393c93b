import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { channelRanges, equalizeCalibration, equalizeModel } from '@quantrx/algorithms'
import type { Balance } from '@quantrx/algorithms'
import { samples } from '@quantrx/data'
import { openDataFile } from '@quantrx/data/node'
import { minMax, observe } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import { int8, int8PerTensor, quantizeModel } from '@quantrx/schemes'
import type { Scheme } from '@quantrx/schemes'
import { readModel, writeModel } from '@quantrx/tflite'
import { lastValueFrom } from 'rxjs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runJson } from '../run-main.conformance.ts'
import { demoFiles } from './demo-files.ts'
import { limit } from './limit.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quantrx-improve-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function equalized(scheme: Scheme, balance: Balance): Promise<Uint8Array> {
  const model = readModel(await readFile(demoFiles.model))
  const activations = samples(limit(await openDataFile(demoFiles.calibration), 10)).pipe(infer(model))
  const ranges = await lastValueFrom(activations.pipe(observe({ minmax: minMax() })))
  const channels = await lastValueFrom(activations.pipe(observe({ channels: channelRanges() })))
  const even = equalizeModel(model, channels, { balance })
  return writeModel(quantizeModel(even.model, equalizeCalibration(ranges, channels, even), scheme).model)
}

it.each([
  [int8(), 'activations', 'weights'],
  [int8PerTensor(), 'weights', 'activations'],
] as const)('makes even what $name needs', async (scheme, wanted, other) => {
  const out = join(folder, `${scheme.name}.tflite`)
  const options = [
    '--scheme',
    scheme.name,
    '--algorithm',
    'equalize',
    '--no-bias-correction',
    '--samples',
    '10',
  ]
  await runJson(['quantize', demoFiles.model, '--data', demoFiles.calibration, ...options, '--out', out])
  const bytes = new Uint8Array(await readFile(out))
  expect(bytes).toEqual(await equalized(scheme, wanted))
  expect(bytes).not.toEqual(await equalized(scheme, other))
})
