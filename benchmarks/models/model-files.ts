import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesPerElement } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import { randomSamples } from '@quantrx/data'
import { fixturePath } from '@quantrx/testing'
import { dataTypeOf, readModel } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import type { Network, Variant } from './networks.ts'

/** A model that contestants run, and what they run it on. */
export interface LoadedModel {
  readonly bytes: Uint8Array
  readonly model: Model
  /** One random tensor for each input, the same every time. */
  readonly inputs: readonly Tensor[]
  /** The same as stored bytes. */
  readonly inputBytes: readonly Uint8Array[]
}

/** A file of one of the networks. */
export interface ModelCase extends LoadedModel {
  readonly network: Network['name']
  readonly variant: Variant
}

/** @param folder where our own integer models are. */
export function modelPath({ name, files }: Network, variant: Variant, folder: string): string {
  return variant === 'ours'
    ? join(folder, `${name}.int8.tflite`)
    : fixturePath('data', 'models', `${files[variant]}.tflite`)
}

/** Bytes of a model file, with memory of their own. */
export function modelBytes(network: Network, variant: Variant, folder: string): Uint8Array {
  return Uint8Array.from(readFileSync(modelPath(network, variant, folder)))
}

/** Reads a model file and draws inputs for it. */
export async function modelCase(network: Network, variant: Variant, folder: string): Promise<ModelCase> {
  return { network: network.name, variant, ...(await loadModel(modelBytes(network, variant, folder))) }
}

/** Reads a model and draws inputs for it. */
export async function loadModel(bytes: Uint8Array): Promise<LoadedModel> {
  const model = readModel(bytes)
  const inputs = await randomInputs(model)
  return {
    ...{ bytes, model, inputs },
    inputBytes: inputs.map(
      ({ type, data }) => new Uint8Array(data.buffer, data.byteOffset, data.length * bytesPerElement(type)),
    ),
  }
}

async function randomInputs(model: Model): Promise<readonly Tensor[]> {
  const [{ inputs = [], tensors = [] } = {}] = model.subgraphs ?? []
  const described = inputs.map((index) => {
    const tensor = tensors[index]
    const type = tensor && dataTypeOf(tensor)
    if (tensor === undefined || type === undefined) throw new Error(`input ${index} has no numeric type`)
    return { shape: tensor.shape ?? [], type }
  })
  const open = randomSamples({ inputs: described, count: 1, seed: 1 })
  for await (const sample of open(new AbortController().signal)) return sample.inputs
  return []
}
