import type { Range } from '@quantrx/core'
import type { Model } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../check-model.conformance.ts'
import {
  addOptions,
  concatenationOptions,
  conv2dOptions,
  exampleCalibration,
  modelBuilder,
  poolOptions,
} from '../example-models.conformance.ts'
import { asymmetricParameters } from '../parameters/activation.ts'
import { rewrite } from '../rewrite/rewrite.ts'
import { planModel } from './plan-model.ts'
import { int8PerChannel } from './treatment.ts'

const image = [1, 2, 2, 1]

/** The plan of a model with the given ranges by tensor name; others are -1 to 1. */
function planned(model: Model, ranges: Readonly<Record<string, Range>> = {}) {
  const { tensors, ...calibration } = exampleCalibration(model)
  const known = tensors.map((tensor) => ({
    ...tensor,
    result: ranges[tensor.name] ?? { min: -1, max: 1 },
  }))
  const treatment = { kind: 'integer', activations: 'int8', weights: int8PerChannel } as const
  const options = { scheme: 'test', io: 'int8', rules: [{ where: [], treatment }] } as const
  const plan = planModel(model, { ...calibration, tensors: known }, options)
  const operators = plan.subgraphs[0]?.operators ?? []
  const outputOf = (at: number) => pair(operators[at]?.outputs[0])
  const inputOf = (at: number, operand = 0) => pair(operators[at]?.inputs[operand])
  return { plan, outputOf, inputOf, written: rewrite(model, plan).model }
}

const pair = (stored: { scales: readonly number[]; zeroPoints: readonly number[] } | null | undefined) =>
  stored && { scale: stored.scales[0], zeroPoint: stored.zeroPoints[0] }

describe('ranges travel', () => {
  it('from the input through operators that only move bytes', () => {
    const { add, tensor, integers, finish } = modelBuilder()
    const input = tensor('input', image)
    const reshaped = add('RESHAPE', [input, integers('shape', 4)], 'reshaped', [4])
    const squeezed = add('SQUEEZE', [reshaped], 'squeezed', [4])
    const { outputOf } = planned(finish([input], [squeezed]), { input: { min: 0, max: 5 } })
    expect(outputOf(0)).toEqual(asymmetricParameters({ min: 0, max: 5 }))
    expect(outputOf(1)).toEqual(asymmetricParameters({ min: 0, max: 5 }))
  })

  it('from a concatenation back to what is free, through a pool', () => {
    const { add, tensor, finish } = modelBuilder()
    const input = tensor('input', image)
    const sums = ['a', 'b'].map((name) => add('ADD', [input, input], name, image, addOptions))
    const pooled = add('MAX_POOL_2D', [sums[0]!], 'pooled', [1, 1, 1, 1], poolOptions)
    const other = add('MAX_POOL_2D', [sums[1]!], 'other', [1, 1, 1, 1], poolOptions)
    const joined = add('CONCATENATION', [pooled, other], 'joined', [1, 1, 1, 2], concatenationOptions)
    const { outputOf } = planned(finish([input], [joined]), { joined: { min: -2, max: 2 } })
    const expected = asymmetricParameters({ min: -2, max: 2 })
    expect([0, 1, 2, 3, 4].map(outputOf)).toEqual(Array(5).fill(expected))
  })

  it('from a concatenation no further than a range that an operator always has', () => {
    const { add, tensor, finish } = modelBuilder()
    const input = tensor('input', image)
    const fixed = add('LOGISTIC', [input], 'fixed', image)
    const joined = add('CONCATENATION', [fixed, fixed], 'joined', [1, 2, 2, 2], concatenationOptions)
    const { outputOf, inputOf } = planned(finish([input], [joined]), { joined: { min: 0, max: 4 } })
    expect(outputOf(0)).toEqual({ scale: 1 / 256, zeroPoint: -128 })
    expect(inputOf(1)).toEqual(outputOf(1))
  })
})

it('lets a concatenation decide nothing for an operator with other outputs, whose ranges may be wider', () => {
  const { add, tensor, integers, finish } = modelBuilder()
  const input = tensor('input', image)
  const sum = add('ADD', [input, input], 'sum', image, addOptions)
  const options = { kind: 'SplitOptions', numSplits: 2 } as const
  const part = add('SPLIT', [integers('axis', 1), sum], 'part', [1, 1, 2, 1], options)
  const rest = tensor('rest', [1, 1, 2, 1])
  const other = tensor('other', [1, 1, 2, 1])
  const joined = add('CONCATENATION', [part, other], 'joined', [1, 1, 2, 2], concatenationOptions)
  const model = finish([input, other], [joined, rest])
  const operators = model.subgraphs![0]!.operators!.map((operator) =>
    operator.outputs?.[0] === part ? { ...operator, outputs: [part, rest] } : operator,
  )
  const { outputOf, inputOf } = planned(
    { ...model, subgraphs: [{ ...model.subgraphs![0]!, operators }] },
    { sum: { min: 0, max: 9 }, joined: { min: 0, max: 4 } },
  )
  expect(outputOf(1)).toEqual(asymmetricParameters({ min: 0, max: 9 }))
  expect(inputOf(1, 1)).toEqual(outputOf(1))
  expect(inputOf(2)).toEqual(asymmetricParameters({ min: 0, max: 4 }))
})

it('makes constants of a concatenation like its output', () => {
  const { add, tensor, constant, finish } = modelBuilder()
  const input = tensor('input', image)
  const inputs = [input, constant('constant', image)]
  const joined = add('CONCATENATION', inputs, 'joined', [1, 2, 2, 2], concatenationOptions)
  const { inputOf } = planned(finish([input], [joined]), { joined: { min: 0, max: 4 } })
  expect(inputOf(0, 1)).toEqual(asymmetricParameters({ min: 0, max: 4 }))
})

const tiny = { min: -1e-9, max: 1e-9 }

describe('an output range too small for the arithmetic of ADD', () => {
  it('is widened, with zero where it was', () => {
    const { add, tensor, finish } = modelBuilder()
    const input = tensor('input', image)
    const model = finish([input], [add('ADD', [input, input], 'sum', image, addOptions)])
    const { outputOf, written } = planned(model, { sum: tiny })
    expect(outputOf(0)?.scale).toBeGreaterThan(asymmetricParameters(tiny).scale)
    expect(outputOf(0)?.zeroPoint).toBe(asymmetricParameters(tiny).zeroPoint)
    expect(faultsOf(written)).toEqual([])
  })

  it('is widened where a concatenation imposes it, and requantized behind', () => {
    const { add, tensor, finish } = modelBuilder()
    const input = tensor('input', image)
    const sum = add('ADD', [input, input], 'sum', image, addOptions)
    const joined = add('CONCATENATION', [sum], 'joined', image, concatenationOptions)
    const { outputOf, inputOf, written } = planned(finish([input], [joined]), { joined: tiny })
    expect(outputOf(0)?.scale).toBeGreaterThan(asymmetricParameters(tiny).scale)
    expect(inputOf(1)).toEqual(asymmetricParameters(tiny))
    expect(faultsOf(written)).toEqual([])
  })
})

it('widens the weight scale of the one channel whose bias is too large', () => {
  const { add, tensor, constant, values, finish } = modelBuilder()
  const [input, filter] = [tensor('input', image), constant('filter', [2, 1, 1, 1])]
  const bias = values('bias', 0.1, 1e7)
  const model = finish([input], [add('CONV_2D', [input, filter, bias], 'conv', [1, 2, 2, 2], conv2dOptions)])
  const operator = planned(model, { input: { min: 0, max: 1e-4 } }).plan.subgraphs[0]?.operators[0]
  const [filterScales = [], biasScales = []] = [operator?.inputs[1]?.scales, operator?.inputs[2]?.scales]
  expect(1e7 / biasScales[1]!).toBeLessThanOrEqual(2 ** 30)
  expect(1e7 / biasScales[1]!).toBeGreaterThan(0.999 * 2 ** 30)
  expect(filterScales[0]).toBeLessThan(1)
  expect(filterScales[1]).toBeGreaterThan(1)
})
