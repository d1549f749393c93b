import type { ProgressEvent } from '@quantrx/core'
import { lastValueFrom, of, toArray } from 'rxjs'
import { expect, it } from 'vitest'
import { exampleCalibration, exampleModels } from './example-models.conformance.ts'
import { quantize } from './quantize.ts'
import { quantizeModel } from './quantize-model.ts'
import { int8 } from './schemes/int8.ts'

const model = exampleModels['network']!()
const calibration = exampleCalibration(model)
const wider = {
  ...calibration,
  strategy: 'wider' as const,
  tensors: calibration.tensors.map((tensor) => ({ ...tensor, result: { min: -9, max: 9 } })),
}

it('makes one candidate of each calibration, and tells of each', async () => {
  const told: ProgressEvent[] = []
  const candidates = await lastValueFrom(
    of(calibration, wider).pipe(
      quantize(model, int8(), { onProgress: (event) => told.push(event) }),
      toArray(),
    ),
  )
  expect(candidates).toEqual([quantizeModel(model, calibration, int8()), quantizeModel(model, wider, int8())])
  expect(
    candidates.map(({ strategy, scheme, observer, samples, source }) => [
      strategy,
      scheme,
      observer,
      samples,
      source === model,
    ]),
  ).toEqual([
    ['example', 'int8', 'made up', 1, true],
    ['wider', 'int8', 'made up', 1, true],
  ])
  expect(told).toEqual([
    { stage: 'quantize', kind: 'candidate', strategy: 'example' },
    { stage: 'quantize', kind: 'candidate', strategy: 'wider' },
  ])
})

it('fails as a stream fails', async () => {
  const unknown = { ...calibration, tensors: calibration.tensors.slice(0, 1) }
  await expect(lastValueFrom(of(unknown).pipe(quantize(model, int8())))).rejects.toThrow(
    'got no calibrated range',
  )
})
