import { writeFileSync } from 'node:fs'
import { fromSamples, samples } from '@quantrx/data'
import { minMax, observe } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import { int8, quantize } from '@quantrx/schemes'
import { readModel, writeModel } from '@quantrx/tflite'
import { lastValueFrom } from 'rxjs'
import { calibrationSamples } from './calibration-samples.ts'
import { modelBytes, modelPath } from './model-files.ts'
import type { Network } from './networks.ts'

/** Enough for ranges like those of the whole set; how fast the integers are does not depend on it. */
const sampleCount = 32

/** Quantizes a network's float model, inputs and outputs included, and writes the file where {@link modelPath} expects it. */
export async function writeOurIntegers(network: Network, folder: string): Promise<void> {
  const model = readModel(modelBytes(network, 'float', folder))
  const open = fromSamples(await calibrationSamples(network, sampleCount))
  const candidate = await lastValueFrom(
    samples(open).pipe(infer(model), observe({ minmax: minMax() }), quantize(model, int8({ io: 'int8' }))),
  )
  writeFileSync(modelPath(network, 'ours', folder), writeModel(candidate.model))
}
