import { int8, int8PerTensor, quantizeModel } from '@quantrx/schemes'
import type { Candidate } from '@quantrx/schemes'
import { describeWithFixtures, readFixture, readNpy } from '@quantrx/testing'
import { compareLayers } from '@quantrx/evaluators'
import type { Sample } from '@quantrx/core'
import { readModel, writeModel } from '@quantrx/tflite'
import { lastValueFrom, of } from 'rxjs'
import { describe, expect, it } from 'vitest'
import {
  exampleCalibration,
  exampleNetwork,
  exampleSamples,
  opens,
} from '../graph/example-network.conformance.ts'
import { startBatch } from '../graph/sample-batch.ts'
import { mainGraph } from '../graph/slice-operators.ts'
import { gptqCandidate } from './gptq-candidate.ts'
import { gptq } from './gptq.ts'
import { fitLayer } from './fit-layer.ts'
import { addToMoments, emptyMoments } from './layer-moments.ts'
import { weightedLayer } from './weighted-layer.ts'

const model = exampleNetwork()
const samples = exampleSamples(64)
const calibration = await exampleCalibration(model, samples)

describe.each([int8(), int8PerTensor()])('rounding the weights of $name again', async (scheme) => {
  const nearest = quantizeModel(model, calibration, scheme)
  const better = await gptqCandidate(nearest, opens(samples))

  it('changes integers and biases, nothing else', () => {
    const without = ({ model: each }: Candidate) =>
      mainGraph(each).tensors!.map(({ name, type, shape, buffer }) => ({ name, type, shape, buffer }))
    expect(without(better)).toEqual(without(nearest))
    expect(writeModel(better.model).byteLength).toBe(writeModel(nearest.model).byteLength)
    expect(better.parameters.length).toBe(nearest.parameters.length)
  })

  it('gives the same bytes again, also as a stream', async () => {
    const again = await lastValueFrom(of(nearest).pipe(gptq(opens(samples))))
    expect(writeModel(again.model)).toEqual(writeModel(better.model))
  })
})

describeWithFixtures('keyword spotting', () => {
  it('comes closer to the float model on samples it has not seen', async () => {
    const kws = readModel(readFixture('data/models/kws_dscnn_float_restored.tflite'))
    const { data } = readNpy(readFixture('data/kws/inputs_float_1000.npy'))
    const rows = Array.from({ length: 100 }, (_, index): Sample => {
      const row = (data as Float32Array).slice(index * 490, (index + 1) * 490)
      return { index, inputs: [{ type: 'float32', shape: [1, 49, 10, 1], data: row }] }
    })
    const [seen, others] = [opens(rows.slice(0, 50)), opens(rows.slice(50))]
    const candidate = quantizeModel(kws, await exampleCalibration(kws, rows.slice(0, 50)), int8PerTensor())
    const rounded = await gptqCandidate(candidate, seen)
    const noiseOf = async ({ model: each }: Candidate): Promise<number> =>
      (await compareLayers(kws, each, others)).layers.find(({ kind }) => kind === 'FULLY_CONNECTED')!.sqnrDb
    expect((await noiseOf(rounded)) - (await noiseOf(candidate))).toBeGreaterThan(1)
  })
})

it.each([0, 1, 2])('never makes the error of layer %i larger than nearest rounding', async (position) => {
  const layer = weightedLayer(model, position)!
  const batch = await startBatch(model, samples)
  while (batch.position < position) await batch.step()
  const [input = -1, weights = -1] = mainGraph(model).operators![position]!.inputs!
  const float = new Float32Array(model.buffers![mainGraph(model).tensors![weights]!.buffer]!.data!.buffer)
  const moments = emptyMoments(layer, false)
  const rows: Float64Array[] = []
  for (const { data } of batch.tensors(input)) {
    const values = data as Float32Array
    const positions = Array.from({ length: layer.positions }, (_, at) => at)
    addToMoments(layer, moments, { stored: values, zeroPoint: 0, float: values }, positions)
    for (const at of positions) {
      const row = new Float64Array(layer.groups * layer.depth)
      layer.row(values, 0, at, row)
      rows.push(row)
    }
  }
  const scales = Array.from({ length: layer.channels }, () => 0.05)
  const nearest = Float64Array.from(float, (weight) => Math.max(-7, Math.min(7, Math.round(weight / 0.05))))
  const stored = { levels: nearest, scales, limit: 7 }
  const options = { hasBias: false, target: 'own-inputs', damping: 0.1, scaleFactors: [1, 0.8] } as const
  const fitted = fitLayer({ layer, moments, inputScale: 1, floatWeights: float, stored, ...options })
  const errorOf = (levels: Float64Array, scale: number, channel: number): number =>
    rows.reduce((sum, row) => {
      const start = Math.floor(channel / (layer.channels / layer.groups)) * layer.depth
      let error = 0
      for (let column = 0; column < layer.depth; column++) {
        const at = layer.weightAt(channel, column)
        error += (levels[at]! * scale - float[at]!) * row[start + column]!
      }
      return sum + error * error
    }, 0)
  for (let channel = 0; channel < layer.channels; channel++) {
    const own = errorOf(fitted.levels, fitted.scales[channel]!, channel)
    expect(own).toBeLessThanOrEqual(errorOf(nearest, 0.05, channel) * (1 + 1e-9))
  }
  expect(fitted.changed).toBeGreaterThan(0)
})

it('says that there are no samples', async () => {
  await expect(gptqCandidate(quantizeModel(model, calibration, int8()), opens([]))).rejects.toThrow(
    '[quantize] "samples": got no samples, expected at least one',
  )
})
