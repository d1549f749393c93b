import { compile, activationRunner } from '@quantrx/runtime'
import type { Calibration, Sample } from '@quantrx/core'
import { collect, finishCollection, startCollection } from '@quantrx/observers'
import type { Model } from '@quantrx/tflite'
import { operatorKind } from '@quantrx/tflite'
import { lastValueFrom, of } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { exampleCalibration, exampleNetwork, exampleSamples } from '../graph/example-network.conformance.ts'
import { mainGraph } from '../graph/slice-operators.ts'
import { channelRanges } from './channel-ranges.ts'
import type { ChannelRanges } from './channel-ranges.ts'
import { equalizeCalibration } from './equalize-calibration.ts'
import { equalizeModel } from './equalize-model.ts'
import { equalize } from './equalize.ts'
import { scalablePairs } from './scalable-pairs.ts'
import { scaleFactors } from './scale-factors.ts'

const samples = exampleSamples(12)

async function channelsOf(
  model: Model,
  seen: readonly Sample[] = samples,
): Promise<Calibration<'channels', ChannelRanges>> {
  const observers = { channels: channelRanges() }
  const collection = startCollection()
  const run = activationRunner(await compile(model))
  for (const sample of seen) run(sample, (activation) => collect(observers, collection, activation))
  return finishCollection(observers, collection)[0]! as Calibration<'channels', ChannelRanges>
}

async function outputs(model: Model): Promise<number[]> {
  const program = await compile(model)
  return samples.flatMap(({ inputs }) => Array.from(program.run(inputs)[0]!.data as Float32Array))
}

describe.each(['RELU', 'RELU6'] as const)('a network with %s', async (activation) => {
  const model = exampleNetwork(activation)
  const channels = await channelsOf(model)

  it.each(['weights', 'activations'] as const)('computes the same with even %s', async (balance) => {
    const even = equalizeModel(model, channels, { balance })
    const [own, float] = [await outputs(even.model), await outputs(model)]
    own.forEach((value, at) => expect(Math.abs(value - float[at]!)).toBeLessThan(2e-6))
    expect(even.tensors.some(({ factors }) => factors.some((factor) => factor > 1.5))).toBe(true)
    const kinds = (each: Model) =>
      mainGraph(each).operators!.map((operator) => [operatorKind(each, operator), operator.builtinOptions])
    expect(kinds(even.model)).toEqual(kinds(model))
  })

  it('makes the ranges of its channels more alike', async () => {
    const even = equalizeModel(model, channels)
    const spread = ({ tensors }: Calibration<string, ChannelRanges>): number => {
      const { max } = tensors.find(({ name }) => name === 'first')!.result
      return Math.max(...max) / Math.min(...max)
    }
    expect(spread(await channelsOf(even.model))).toBeLessThan(spread(channels) / 2)
  })

  it('has the ranges that follow from those of its channels', async () => {
    const even = equalizeModel(model, channels, { balance: 'weights' })
    const computed = equalizeCalibration(await exampleCalibration(model, samples), channels, even)
    const observed = await exampleCalibration(even.model, samples)
    computed.tensors.forEach(({ result }, at) => {
      expect(result.min).toBeCloseTo(observed.tensors[at]!.result.min, 4)
      expect(result.max).toBeCloseTo(observed.tensors[at]!.result.max, 4)
    })
  })

  it('is the same as a stream', async () => {
    expect(await lastValueFrom(of(channels).pipe(equalize(model)))).toEqual(equalizeModel(model, channels))
  })
})

describe('factors', () => {
  const end = (...values: number[]) => ({
    ...{ operator: 0, weights: { tensor: 0, values: Float32Array.from(values) } },
    ...{ channelOf: (at: number) => at, mixesChannels: true },
  })
  const pair = {
    ...{
      channels: 2,
      producer: end(1, 8),
      consumer: { ...end(4, 2), operator: 1 },
      tensors: [3],
      limited: [] as number[],
    },
  }

  it('make the weights of both ends alike, by hand', () => {
    // 1 and 4 both become 2, 8 and 2 both become 4.
    expect(scaleFactors([pair], new Map(), 'weights')).toEqual([[2, 0.5]])
  })

  it('share what channels lack between activations and weights', () => {
    const ranges = new Map([[3, { min: [-1, -16], max: [0, 2] }]])
    expect(scaleFactors([pair], ranges, 'activations')).toEqual([[4, 1]])
    const depthwise = { ...pair, consumer: { ...pair.consumer, mixesChannels: false } }
    expect(scaleFactors([depthwise], ranges, 'activations')).toEqual([[16, 1]])
  })

  it('leave channels alone that RELU6 has cut, and never bring others to the cut', () => {
    const ranges = new Map([[3, { min: [0, 0], max: [5, 6] }]])
    const [[grown = 0, kept] = []] = scaleFactors([{ ...pair, limited: [3] }], ranges, 'weights')
    expect(grown).toBeGreaterThan(1.19)
    expect(grown * 5).toBeLessThan(6)
    expect(kept).toBe(1)
  })
})

it('finds the pairs, through pooling, and none where a result is used twice or leaves the model', () => {
  const model = exampleNetwork()
  const ends = (each: Model) =>
    scalablePairs(each).map(({ producer, consumer }) => [producer.operator, consumer.operator])
  expect(ends(model)).toEqual([
    [0, 1],
    [1, 2],
    [2, 4],
  ])
  const graph = mainGraph(model)
  const first = graph.operators![0]!.outputs![0]!
  expect(ends({ ...model, subgraphs: [{ ...graph, outputs: [...graph.outputs!, first] }] })).toEqual([
    [1, 2],
    [2, 4],
  ])
})

describe('the observer of channels', () => {
  const observer = channelRanges()
  const tensor = { subgraph: 0, index: 0, name: 'x', shape: [1, 2, 2], channelAxis: 2 }

  it('gives each channel its range, merged or in one pass, and survives JSON', () => {
    const [a, b] = [observer.init(tensor), observer.init(tensor)]
    observer.update(a, Float32Array.of(1, -5, 3, 2))
    observer.update(b, Float32Array.of(-1, 9, 0, 0))
    const merged = observer.merge(JSON.parse(JSON.stringify(a)) as typeof a, b)
    expect(observer.finish(merged)).toEqual({ min: [-1, -5], max: [3, 9] })
    expect(observer.finish(observer.merge(observer.init(tensor), a))).toEqual({ min: [1, -5], max: [3, 2] })
  })

  it('refuses NaN, and nothing at all', () => {
    expect(() => observer.update(observer.init(tensor), Float32Array.of(1, NaN))).toThrow(
      'got NaN or infinite values',
    )
    expect(() => observer.finish(observer.init(tensor))).toThrow('got no values')
  })
})
