import { compile } from '@quantrx/runtime'
import { int8, quantizeModel } from '@quantrx/schemes'
import { describe, expect, it } from 'vitest'
import { chooseSamples } from './chosen-samples.ts'
import { exampleCalibration, exampleNetwork, exampleSamples, opens } from './example-network.conformance.ts'
import { matchOperators } from './match-operators.ts'
import { replaceConstants } from './replace-constant.ts'
import { startBatch } from './sample-batch.ts'
import { mainGraph, sliceInputs, sliceOutputs } from './slice-operators.ts'

const model = exampleNetwork()
const samples = exampleSamples(3)
const { model: integer } = quantizeModel(model, await exampleCalibration(model, samples), int8())

describe('samples advanced together', () => {
  it.each([
    ['float', model],
    ['integer', integer],
  ])('give what the %s model gives', async (_, each) => {
    const program = await compile(each)
    const batch = await startBatch(each, samples)
    const { operators = [], outputs = [] } = mainGraph(each)
    while (batch.position < operators.length) await batch.step()
    const expected = samples.map(({ inputs }) => program.run(inputs)[0]!.data.slice())
    expect(batch.tensors(outputs[0]!).map(({ data }) => data)).toEqual(expected)
  })

  it('forget what no later operator needs', async () => {
    const batch = await startBatch(model, samples)
    const [input = -1] = mainGraph(model).inputs!
    expect(batch.tensors(input)).toHaveLength(3)
    await batch.step()
    expect(batch.tensors(input)).toHaveLength(0)
  })
})

it('finds what goes in and out of a range of operators', () => {
  const at = (position: number) => mainGraph(model).operators![position]!
  expect(sliceInputs(model, { from: 1, to: 3 })).toEqual([at(0).outputs![0]])
  expect(sliceOutputs(model, { from: 1, to: 3 })).toEqual([at(2).outputs![0]])
})

it('matches operators over the conversions between them', () => {
  expect(matchOperators(model, integer)).toEqual([undefined, 0, 1, 2, 3, 4, 5, undefined])
})

it('replaces constants, and not those that share their bytes', () => {
  const [first, second] = [
    mainGraph(model).operators![0]!.inputs![1]!,
    mainGraph(model).operators![1]!.inputs![1]!,
  ]
  const tensors = mainGraph(model).tensors!.map((tensor, at) =>
    at === second ? { ...tensor, buffer: mainGraph(model).tensors![first]!.buffer } : tensor,
  )
  const sharing = { ...model, subgraphs: [{ ...mainGraph(model), tensors }] }
  const data = Uint8Array.of(1, 2, 3, 4)
  const changed = replaceConstants(sharing, [{ tensor: first, data }])
  const bytesOf = (each: typeof model, tensor: number) =>
    each.buffers![mainGraph(each).tensors![tensor]!.buffer]!.data
  expect(bytesOf(changed, first)).toBe(data)
  expect(bytesOf(changed, second)).toBe(bytesOf(sharing, second))
})

it('chooses samples evenly, at most so many', async () => {
  const indices = async (count: number, limit: number) =>
    (await chooseSamples(opens(exampleSamples(count)), { limit, stage: 'quantize' })).map(
      ({ index }) => index,
    )
  expect(await indices(4, 4)).toEqual([0, 1, 2, 3])
  expect(await indices(5, 4)).toEqual([0, 2, 4])
  expect(await indices(9, 4)).toEqual([0, 4, 8])
  expect(await indices(100, 1)).toEqual([0])
})
