import type { BuiltinOptions, Model } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import type { Candidate } from '../candidate.ts'
import { addOptions, exampleCalibration, modelBuilder } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import type { Scheme } from '../scheme.ts'
import { int16x8 } from '../schemes/int16x8.ts'
import { int8 } from '../schemes/int8.ts'
import { negligibleBelow } from './negligible-scores.ts'

const softmaxOptions: BuiltinOptions = { kind: 'SoftmaxOptions', beta: 1 }
const mulOptions: BuiltinOptions = { kind: 'MulOptions', fusedActivationFunction: 'NONE' }
const shape = [1, 4]
const masked = { min: -1e9, max: 0 }
const scores = { min: -3, max: 5 }
/** Of four scores, in int8: half a step of 1/256 in four parts, and one bit more. */
const distance = 12 * Math.LN2

type Ranges = Readonly<Record<string, { readonly min: number; readonly max: number }>>

/** Quantizes a model of tensors with these ranges. */
function quantized(model: Model, ranges: Ranges, scheme: Scheme = int8()): Candidate<string> {
  const calibration = exampleCalibration(model)
  const tensors = calibration.tensors.map((tensor) => ({
    ...tensor,
    result: ranges[tensor.name] ?? tensor.result,
  }))
  return quantizeModel(model, { ...calibration, tensors }, scheme)
}

const scaleOf = (candidate: Candidate<string>, name: string): number =>
  candidate.parameters.find((entry) => entry.name.startsWith(name))?.scales[0] ?? NaN

/** Scores to which a mask is added that comes out of them or not, in front of a SOFTMAX. */
function added(mask: (builder: ReturnType<typeof modelBuilder>, hidden: number) => number): Model {
  const builder = modelBuilder()
  const [input, hidden] = [builder.tensor('scores', shape), builder.tensor('hidden', shape)]
  const sum = builder.add('ADD', [input, mask(builder, hidden)], 'sum', shape, addOptions)
  return builder.finish([input, hidden], [builder.add('SOFTMAX', [sum], 'weights', shape, softmaxOptions)])
}

const constantMask = added(({ values }) => values('mask', 0, 0, -1e9, -1e9))
const sum = { min: -1e9, max: 5 }

describe('masks in front of SOFTMAX', () => {
  it('that are added leave scores their integers', () => {
    const candidate = quantized(constantMask, { scores, sum })
    expect(scaleOf(candidate, 'sum')).toBeCloseTo((8 + distance) / 255, 5)
    expect(scaleOf(candidate, 'mask')).toBeCloseTo((8 + distance) / 255, 5)
    expect(scaleOf(candidate, 'scores')).toBeCloseTo(8 / 255, 5)
    const wide = quantized(constantMask, { scores, sum }, int16x8())
    expect(scaleOf(wide, 'sum')).toBeCloseTo((3 + 19 * Math.LN2) / 32767, 6)
  })

  it('that are subtracted leave scores their integers', () => {
    const builder = modelBuilder()
    const [input, mask] = [builder.tensor('scores', shape), builder.values('mask', 0, 0, 1e9, 1e9)]
    const options: BuiltinOptions = {
      kind: 'SubOptions',
      fusedActivationFunction: 'NONE',
      potScaleInt16: true,
    }
    const total = builder.add('SUB', [input, mask], 'sum', shape, options)
    const model = builder.finish([input], [builder.add('SOFTMAX', [total], 'weights', shape, softmaxOptions)])
    const candidate = quantized(model, { scores, sum })
    expect(scaleOf(candidate, 'sum')).toBeCloseTo((8 + distance) / 255, 5)
    expect(scaleOf(candidate, 'mask')).toBeCloseTo((8 + distance) / 255, 5)
  })

  it.each([
    ['SELECT', 0],
    ['SELECT_V2', 1],
  ] as const)('that %s chooses leave scores their integers', (kind, first) => {
    const { add, tensor, values, finish } = modelBuilder()
    const [input, hides, low] = [
      tensor('scores', shape),
      tensor('hides', shape, 0, 'BOOL'),
      values('low', -1e9),
    ]
    const chosen = add(kind, [hides, ...(first === 0 ? [low, input] : [input, low])], 'chosen', shape)
    const moved = add('RESHAPE', [chosen], 'moved', [1, 1, 4], {
      kind: 'ReshapeOptions',
      newShape: [1, 1, 4],
    })
    const model = finish([input, hides], [add('SOFTMAX', [moved], 'weights', [1, 1, 4], softmaxOptions)])
    const candidate = quantized(model, { scores, chosen: sum, moved: sum })
    expect(scaleOf(candidate, 'chosen')).toBeCloseTo((8 + distance) / 255, 5)
    expect(scaleOf(candidate, 'moved')).toBe(scaleOf(candidate, 'chosen'))
  })

  it('that are computed stay float where they are, and are narrow where they are used', () => {
    const model = added(({ add, values }, hidden) => {
      const large = add('MUL', [hidden, values('low', -1e9)], 'large', shape, mulOptions)
      return add('RESHAPE', [large], 'mask', shape, { kind: 'ReshapeOptions', newShape: shape })
    })
    const candidate = quantized(model, {
      scores,
      sum,
      large: masked,
      mask: masked,
      hidden: { min: 0, max: 1 },
    })
    expect(candidate.floatOperators.map(({ kind, reason }) => [kind, reason.includes('mask')])).toEqual([
      ['MUL', true],
    ])
    expect(scaleOf(candidate, 'mask')).toBeCloseTo((8 + distance) / 255, 5)
  })

  it('keep their range where something else uses them', () => {
    const builder = modelBuilder()
    const [input, mask] = [builder.tensor('scores', shape), builder.tensor('mask', shape)]
    const total = builder.add('ADD', [input, mask], 'sum', shape, addOptions)
    const weights = builder.add('SOFTMAX', [total], 'weights', shape, softmaxOptions)
    const model = builder.finish([input, mask], [weights, builder.add('ABS', [mask], 'other', shape)])
    const candidate = quantized(model, { scores, sum, mask: masked, other: { min: 0, max: 1e9 } })
    expect(scaleOf(candidate, 'mask')).toBeCloseTo(1e9 / 255, -3)
  })

  it('are no masks where they reach no further than scores do', () => {
    const model = added(({ values }) => values('mask', 0, 2, -5, -20))
    const candidate = quantized(model, { scores, sum: { min: -23, max: 7 } })
    expect(scaleOf(candidate, 'sum')).toBeCloseTo(30 / 255, 5)
    expect(scaleOf(candidate, 'mask')).toBeCloseTo(22 / 255, 5)
  })
})

it.each([
  ['int8', 256],
  ['int16', 32768],
] as const)('leaves out less than half a step of %s altogether', (type, steps) => {
  for (const count of [1, 2, 7, 64, 1000]) {
    for (const beta of [1, 0.5]) {
      const weight = count * Math.exp(-beta * negligibleBelow(count, beta, type))
      expect(weight).toBeLessThanOrEqual(1 / (2 * steps))
      expect(weight).toBeGreaterThan(1 / (8 * steps))
    }
  }
})
