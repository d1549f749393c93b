import { roundHalfToEven, seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
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

/** An accumulator that the orders round to different integers, if a short search finds one. */
function tellingAccumulator(scales: readonly number[], random: Random): number | undefined {
  for (let attempt = 0; attempt < 3000; attempt++) {
    const half = random.integer(250) - 124.5
    const accumulator = Math.floor(half / scales[0]!) + random.integer(3) - 1
    const outputs = scales.map((scale) => roundHalfToEven(f(f(accumulator) * scale)))
    if (Math.abs(accumulator) < 2 ** 31 && new Set(outputs).size > 1) return accumulator
  }
  return undefined
}

interface TellingModel {
  readonly bytes: Uint8Array
  /** Channels whose outputs depend on the order of operations. */
  readonly telling: number
}

/** The model with random scales, and biases that make the outputs depend on how the scales are multiplied. */
function withTellingBiases(model: Uint8Array, random: Random): TellingModel {
  const { subgraphs: [subgraph] = [] } = readModel(model)
  const [input, weights, bias] = subgraph?.operators?.[0]?.inputs ?? []
  const weightTensor = subgraph?.tensors?.[weights ?? -1]
  const biasTensor = subgraph?.tensors?.[bias ?? -1]
  const [inputScale, outputScale] = [f(0.001 + random.next() * 0.1), f(0.01 + random.next())]
  const weightScales = (weightTensor?.quantization?.scale ?? []).map(() =>
    f((1e-8 + random.next() * 1e-6) * (outputScale / inputScale)),
  )
  const accumulators = Array.from({ length: biasTensor?.shape?.[0] ?? 0 }, (_, channel) => {
    const weightScale = weightScales[channel] ?? weightScales[0] ?? 1
    return tellingAccumulator(
      orders.map((order) => order(inputScale, weightScale, outputScale)),
      random,
    )
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

describeWithFixtures('where float32 orders of operation show', () => {
  it.each(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED'])('%s equals LiteRT', async (operator) => {
    const random = seededRandom(3)
    const wrong: unknown[] = []
    let telling = 0
    for (const each of goldenCases(operator).filter(hasBias)) {
      const plain = editModel(each.model, { operator: (node) => withActivation(node, 'NONE') })
      const model = withTellingBiases(plain, random)
      telling += model.telling
      const found = await compareWithLiteRt(model.bytes, (tensors) => [
        // Inputs at the zero point, so that every accumulator is its bias.
        tensors.map(({ shape }) =>
          new Uint8Array(shape.reduce((product, size) => product * size, 1)).fill(3),
        ),
      ])
      if (found.different > 0) wrong.push({ id: each.id, ...found })
    }
    expect(wrong).toEqual([])
    expect(telling).toBeGreaterThan(50)
  })
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
