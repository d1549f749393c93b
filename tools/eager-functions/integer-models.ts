import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { fromArrays, samples } from '@quantrx/data'
import { minMax, observe } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import { int8, quantize } from '@quantrx/schemes'
import { readModel, writeModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { lastValueFrom } from 'rxjs'
import { workspaceRoot } from '../workspace-root.ts'
import { separableInput, separableNetwork } from './separable-network.ts'

/**
 * Files of integer models that have what small vision models are made of: the demo's, which has a residual block and a dense layer,
 * and one of separable convolutions.
 */
export async function integerModels(): Promise<readonly Uint8Array[]> {
  const demo = readModel(readFileSync(join(workspaceRoot, 'packages/cli/demo/demo.tflite')))
  return [await quantized(demo, [1, 24, 24, 1], 255), await quantized(separableNetwork(), separableInput, 1)]
}

/** Quantizes a model, calibrated with one image of a pattern: what is called does not depend on how well that is done. */
async function quantized(model: Model, shape: Shape, largest: number): Promise<Uint8Array> {
  const image = Float32Array.from(
    { length: elementCount(shape) },
    (_, at) => (((at * 37) % 256) / 255) * largest,
  )
  const candidate = await lastValueFrom(
    samples(fromArrays({ inputs: [image], shape })).pipe(
      infer(model),
      observe({ minmax: minMax() }),
      quantize(model, int8({ io: 'int8' })),
    ),
  )
  return writeModel(candidate.model)
}
