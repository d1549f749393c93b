import { roundHalfToEven, seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import { multiplyByQuantizedMultiplier, multiplyRoundingOnce, quantizeMultiplier } from '@quantrx/kernels'
import { describeWithFixtures, goldenCases } from '@quantrx/testing'
import type { GoldenCase } from '@quantrx/testing'
import { readModel } from '@quantrx/tflite'
import type { Operator } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { compareWithLiteRt } from './compare.conformance.ts'
import { editModel, requantized } from './edit-model.conformance.ts'

const f = Math.fround

/** Float32 orders in which the scale of an accumulator could be computed; XNNPACK takes the first. */
const orders: readonly ((input: number, weight: number, output: number) => number)[] = [
  (input, weight, output) => f(f(input * weight) / output),
  (input, weight, output) => f((input * weight) / output),
  (input, weight, output) => f(f(input / output) * weight),
  (input, weight, output) => f(f(input * weight) * f(1 / output)),
]

/** What a channel's scales make of an accumulator, one function for each way that is thinkable. */
type Ways = (input: number, weight: number, output: number) => readonly ((accumulator: number) => number)[]

const waysByOrder: Ways = (input, weight, output) =>
  orders.map((order) => {
    const scale = order(input, weight, output)
    return (accumulator) => roundHalfToEven(f(f(accumulator) * scale))
  })

/** A product of float32, and fixed-point ones that are rounded once and twice. */
const waysByRounding: Ways = (input, weight, output) => {
  const { multiplier, shift } = quantizeMultiplier((input * weight) / output)
  return [
    waysByOrder(input, weight, output)[0]!,
    (accumulator) => multiplyRoundingOnce(accumulator, multiplier, shift),
    (accumulator) => multiplyByQuantizedMultiplier(accumulator, multiplier, shift),
  ]
}

/** An accumulator that the ways round to different integers, if a short search finds one. */
function tellingAccumulator(
  ways: readonly ((accumulator: number) => number)[],
  scale: number,
  random: Random,
): number | undefined {
  for (let attempt = 0; attempt < 3000; attempt++) {
    const half = random.integer(250) - 124.5
    const accumulator = Math.floor(half / scale) + random.integer(3) - 1
    const outputs = ways.map((way) => way(accumulator))
    if (Math.abs(accumulator) < 2 ** 31 && new Set(outputs).size > 1) return accumulator
  }
  return undefined
}

interface TellingModel {
  readonly bytes: Uint8Array
  /** Channels whose outputs depend on the order of operations. */
  readonly telling: number
}

/** The model with random scales, and biases that make the outputs depend on which of the ways is taken. */
function withTellingBiases(model: Uint8Array, random: Random, ways: Ways, largest: number): TellingModel {
  const { subgraphs: [subgraph] = [] } = readModel(model)
  const [input, weights, bias] = subgraph?.operators?.[0]?.inputs ?? []
  const weightTensor = subgraph?.tensors?.[weights ?? -1]
  const biasTensor = subgraph?.tensors?.[bias ?? -1]
  const [inputScale, outputScale] = [f(0.001 + random.next() * 0.1), f(0.01 + random.next())]
  const weightScales = (weightTensor?.quantization?.scale ?? []).map(() =>
    f((1e-8 + random.next() * largest) * (outputScale / inputScale)),
  )
  const accumulators = Array.from({ length: biasTensor?.shape?.[0] ?? 0 }, (_, channel) => {
    const weightScale = weightScales[channel] ?? weightScales[0] ?? 1
    const scale = (inputScale * weightScale) / outputScale
    return tellingAccumulator(ways(inputScale, weightScale, outputScale), scale, random)
  })
  const stored = Int32Array.from(accumulators, (accumulator) => accumulator ?? 0)
  const bytes = editModel(model, {
    tensor: (tensor, index) => {
      if (index === input) return requantized(tensor, [inputScale], 3)
      if (index === weights) return requantized(tensor, weightScales, 0)
      if (index === bias) {
        const scales = weightScales.map((scale) => f(scale * inputScale))
        return requantized(tensor, scales, 0)
      }
      return requantized(tensor, [outputScale], 0)
    },
    buffer: (buffer, index) =>
      index === biasTensor?.buffer ? { ...buffer, data: new Uint8Array(stored.buffer) } : buffer,
  })
  return { bytes, telling: accumulators.filter((accumulator) => accumulator !== undefined).length }
}

const hasBias = ({ model, tag }: GoldenCase): boolean =>
  readModel(model).subgraphs?.[0]?.operators?.[0]?.inputs?.[2] !== undefined &&
  !['no_bias', 'filter_zp', 'act'].includes(tag)

/** The operator with another fused activation, which all the operators here can have. */
function withActivation(operator: Operator, activation: 'NONE' | 'RELU6'): Operator {
  const { builtinOptions } = operator
  if (builtinOptions === undefined || !('fusedActivationFunction' in builtinOptions)) return operator
  return { ...operator, builtinOptions: { ...builtinOptions, fusedActivationFunction: activation } }
}

/** Compares the golden cases of an operator with LiteRT, each with biases that tell ways apart. */
async function compareTelling(
  operator: string,
  ways: Ways,
  largest: number,
  edit: (model: Uint8Array) => Uint8Array,
) {
  const random = seededRandom(3)
  const wrong: unknown[] = []
  let telling = 0
  for (const each of goldenCases(operator).filter(hasBias)) {
    const plain = editModel(edit(each.model), { operator: (node) => withActivation(node, 'NONE') })
    const model = withTellingBiases(plain, random, ways, largest)
    telling += model.telling
    const found = await compareWithLiteRt(model.bytes, (tensors) => [
      // Inputs at the zero point, so that every accumulator is its bias.
      tensors.map(({ shape }) => new Uint8Array(shape.reduce((product, size) => product * size, 1)).fill(3)),
    ])
    if (found.different > 0) wrong.push({ id: each.id, ...found })
  }
  return { wrong, telling }
}

/** The model with half as many bytes of weights, read as 4-bit ones. */
function withFourBits(model: Uint8Array): Uint8Array {
  const { subgraphs: [subgraph] = [] } = readModel(model)
  const weights = subgraph?.operators?.[0]?.inputs?.[1]
  const own = subgraph?.tensors?.[weights ?? -1]?.buffer
  return editModel(model, {
    tensor: (tensor, index) => (index === weights ? { ...tensor, type: 'INT4' } : tensor),
    buffer: (buffer, index) =>
      index === own ? { ...buffer, data: buffer.data!.slice(0, Math.ceil(buffer.data!.length / 2)) } : buffer,
  })
}

describeWithFixtures('where float32 orders of operation show', () => {
  it.each(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED'])('%s equals LiteRT', async (operator) => {
    const { wrong, telling } = await compareTelling(operator, waysByOrder, 1e-6, (model) => model)
    expect(wrong).toEqual([])
    expect(telling).toBeGreaterThan(50)
  })
})

describeWithFixtures('where roundings of sums show', () => {
  it.each(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED'])(
    '%s with 4-bit weights equals LiteRT',
    async (operator) => {
      const { wrong, telling } = await compareTelling(operator, waysByRounding, 0.03, withFourBits)
      expect(wrong).toEqual([])
      expect(telling).toBeGreaterThan(50)
    },
  )
})

describeWithFixtures('where the bound of a fused activation is a half', () => {
  it.each([
    'CONV_2D',
    'DEPTHWISE_CONV_2D',
    'FULLY_CONNECTED',
    'ADD',
    'SUB',
    'MAX_POOL_2D',
    'AVERAGE_POOL_2D',
  ])('%s equals LiteRT', async (operator) => {
    const random = seededRandom(4)
    const wrong: unknown[] = []
    let compared = 0
    for (const { id, tag, model } of goldenCases(operator)) {
      if (tag === 'no_bias') continue
      const { subgraphs: [subgraph] = [] } = readModel(model)
      const [output] = subgraph?.outputs ?? []
      const scale = f(6 / (5.5 + random.integer(60)))
      const zeroPoint = -1 - random.integer(100)
      const pooling = operator.endsWith('POOL_2D')
      const bytes = editModel(model, {
        tensor: (tensor, index) =>
          index === output || pooling ? requantized(tensor, [scale], zeroPoint) : tensor,
        operator: (node) => withActivation(node, 'RELU6'),
      })
      const found = await compareWithLiteRt(bytes, (tensors) =>
        [127, -128, 64].map((value) =>
          tensors.map(({ shape }) =>
            new Uint8Array(shape.reduce((product, size) => product * size, 1)).fill(value),
          ),
        ),
      )
      compared += found.values
      if (found.different > 0) wrong.push({ id, ...found })
    }
    expect(wrong).toEqual([])
    expect(compared).toBeGreaterThan(500)
  })
})
