import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Range } from '@quantrx/core'
import { samples } from '@quantrx/data'
import { arrowFile } from '@quantrx/data/node'
import { distribution, minMax, mse, observe, percentile } from '@quantrx/observers'
import type { Histogram } from '@quantrx/observers'
import { infer } from '@quantrx/runtime'
import { int8, quantizeModel } from '@quantrx/schemes'
import { constantBytes, quantizationOf, readModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import type { QuantizationParameters } from '@quantrx/core'
import { lastValueFrom } from 'rxjs'
import { workspace } from '../workspace.ts'

/** What the pictures show: the demo model, calibrated and quantized to int8. */
export interface DemoFacts {
  /** Range of a tensor by a strategy: `minmax`, `p99` or `mse`. */
  range(strategy: string, tensor: string): Range
  histogram(tensor: string): Histogram
  /** How a tensor is stored. */
  stored(tensor: string): QuantizationParameters
  /** Float weights of a tensor. */
  weights(tensor: string): { readonly shape: readonly number[]; readonly values: Float32Array }
}

/** Calibrates and quantizes the demo model with the samples that ship beside it. */
export async function demoFacts(): Promise<DemoFacts> {
  const demo = join(workspace, 'packages/cli/demo')
  const model = readModel(await readFile(join(demo, 'demo.tflite')))
  const activations = samples(arrowFile(join(demo, 'calibration.arrow'))).pipe(infer(model))
  const ranges = new Map<string, Range>()
  const minmax = minMax()
  const calibration = await lastValueFrom(activations.pipe(observe({ minmax })))
  await activations
    .pipe(observe({ minmax, p99: percentile(99), mse: mse() }))
    .forEach(({ strategy, tensors }) =>
      tensors.forEach(({ name, result }) => ranges.set(`${strategy} ${name}`, result)),
    )
  const { tensors } = await lastValueFrom(activations.pipe(observe({ values: distribution() })))
  const integer = quantizeModel(model, calibration, int8()).model
  return {
    range: (strategy, tensor) => found(ranges.get(`${strategy} ${tensor}`), tensor),
    histogram: (tensor) =>
      found(
        tensors.find(({ name }) => name === tensor),
        tensor,
      ).result,
    stored: (tensor) => found(quantizationOf(tensorNamed(integer, tensor)), tensor),
    weights: (tensor) => floats(model, tensor),
  }
}

function floats(model: Model, name: string): ReturnType<DemoFacts['weights']> {
  const tensor = tensorNamed(model, name)
  const bytes = found(constantBytes(model, tensor), name)
  return { shape: tensor.shape ?? [], values: new Float32Array(bytes.slice().buffer) }
}

function tensorNamed(model: Model, name: string) {
  return found(
    model.subgraphs?.[0]?.tensors?.find((tensor) => tensor.name === name),
    name,
  )
}

function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`the demo model has no "${name}"`)
  return thing
}
