import type { Calibration } from '@quantrx/core'
import { internalTensorIndex } from '@quantrx/tflite'
import type { BuiltinOptions, Model, Tensor } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { modelBuilder } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { int8 } from '../schemes/int8.ts'
import { int16x8 } from '../schemes/int16x8.ts'

interface Traits {
  readonly activation?: 'TANH' | 'RELU'
  readonly projected?: boolean
  readonly peepholes?: boolean
  readonly normalized?: boolean
  /** Left out for states that are not variables. */
  readonly variables?: boolean
}

const [depth, units] = [4, 6]

/** An LSTM and an operator behind it, so that something can be quantized whatever becomes of the first. */
function lstmModel({ activation = 'TANH', projected, peepholes, normalized, ...others }: Traits): Model {
  const { variables = true } = others
  const { tensor, constant, add, finish } = modelBuilder()
  const input = tensor('x', [1, 3, depth])
  const gates = (name: string, ...shape: number[]) =>
    ['input', 'forget', 'cell', 'output'].map((gate) => constant(`${gate}/${name}`, shape))
  const outputs = projected === true ? 3 : units
  const states = [tensor('h', [1, outputs]), tensor('c', [1, units])]
  const peephole = peepholes === true ? gates('peephole', units) : [-1, -1, -1, -1]
  const operands = [
    ...[input, ...gates('weights', units, depth), ...gates('recurrent', units, outputs)],
    ...[...peephole.slice(1), ...gates('bias', units)],
    ...[projected === true ? constant('projection', [3, units]) : -1, -1, ...states],
    ...(normalized === true ? gates('normalization', units) : []),
  ]
  const options: BuiltinOptions = {
    ...{ kind: 'UnidirectionalSequenceLSTMOptions', fusedActivationFunction: activation, timeMajor: false },
    ...{ cellClip: 0, projClip: 0, asymmetricQuantizeInputs: false, diagonalRecurrentTensors: false },
  }
  const y = add('UNIDIRECTIONAL_SEQUENCE_LSTM', operands, 'y', [1, 3, outputs], options)
  const model = finish([input], [add('RELU', [y], 'z', [1, 3, outputs])])
  const [graph] = model.subgraphs!
  const tensors = graph!.tensors!.map((each, at) => ({
    ...each,
    isVariable: variables && states.includes(at),
  }))
  return { ...model, subgraphs: [{ ...graph!, tensors }] }
}

/** Cells reach 2.5, everything else 1; sums of gates 4 and what is projected 0.75. */
function calibrationOf(model: Model): Calibration {
  const [graph] = model.subgraphs!
  const named = graph!.tensors!.map(({ name = '' }, index) => ({ index, name }))
  const inside = [0, 1, 2, 3, 4].map((at) => ({ index: internalTensorIndex(graph!, 0, at), name: `${at}` }))
  const largest: Readonly<Record<string, number>> = { c: 2.5, 0: 4, 1: 4, 2: 4, 3: 4, 4: 0.75 }
  return {
    ...{ kind: 'calibration', strategy: 'own', observer: 'own', samples: 1 },
    tensors: [...named, ...inside].map(({ index, name }) => {
      const max = largest[name] ?? 1
      return { subgraph: 0, index, name, result: { min: -max, max } }
    }),
  }
}

const versionOf = ({ operatorCodes }: Model) =>
  operatorCodes?.find(({ builtinCode }) => builtinCode === 'UNIDIRECTIONAL_SEQUENCE_LSTM')?.version

const quantized = (traits: Traits, scheme = int8()) => {
  const model = lstmModel(traits)
  const { model: made, floatOperators } = quantizeModel(model, calibrationOf(model), scheme)
  const tensors = made.subgraphs![0]!.tensors!
  const operator = made.subgraphs![0]!.operators!.find(({ intermediates }) => intermediates !== undefined)
  const named = (name: string) => tensors.find((tensor) => tensor.name === name)
  const inside = operator?.intermediates?.map((index) => tensors[index]!) ?? []
  return { made, floatOperators, named, inside, version: versionOf(made) }
}

const formOf = (tensor: Tensor | undefined) => [tensor?.type, tensor?.quantization?.scale?.[0]]

describe('an int8 LSTM', () => {
  const { named, inside, floatOperators, version } = quantized({})

  it('has cells of a scale that is a power of two, and the output as its other state', () => {
    expect(floatOperators).toEqual([])
    expect(version).toBe(2)
    expect(formOf(named('c'))).toEqual(['INT16', 4 / 32768])
    expect(named('h')).toMatchObject({
      ...{ type: 'INT8', isVariable: true, quantization: named('y')!.quantization },
    })
  })

  it('has matrices of one scale, and biases of their products with the input', () => {
    expect(named('forget/weights')?.quantization?.scale).toHaveLength(1)
    const [scale = 0] = named('x_int8')!.quantization!.scale!
    const [weights = 0] = named('forget/weights')!.quantization!.scale!
    expect(formOf(named('forget/bias'))).toEqual(['INT32', Math.fround(scale * weights)])
  })

  it('has intermediate tensors, the last of which are its outputs', () => {
    expect(inside.map(formOf).slice(0, 4)).toEqual(Array(4).fill(['INT16', 2 ** -12]))
    expect(inside[4]).toMatchObject({ type: 'INT8', quantization: named('y')!.quantization })
  })

  it('has calibrated intermediate tensors where it normalizes and projects', () => {
    const { inside: calibrated, named: other } = quantized({ normalized: true, projected: true })
    expect(formOf(calibrated[1])).toEqual(['INT16', Math.fround(4 / 32767)])
    expect(formOf(calibrated[4])).toEqual(['INT8', Math.fround(1.5 / 255)])
    const [factors = 0] = other('cell/normalization')!.quantization!.scale!
    expect(formOf(other('cell/bias'))).toEqual(['INT32', Math.fround(factors * 2 ** -10)])
  })

  it('has peepholes in int16', () => {
    expect(formOf(quantized({ peepholes: true }).named('forget/peephole'))[0]).toBe('INT16')
  })

  it.each([
    [{ activation: 'RELU' }, 'no activation RELU'],
    [{ peepholes: true, projected: true }, 'peepholes in the wrong places'],
    [{ variables: false }, 'not variables of its own'],
  ] as const)('stays float where its kernel cannot: %j', (traits, reason) => {
    expect(quantized(traits).floatOperators).toMatchObject([{ reason: expect.stringContaining(reason) }])
  })

  it('stays float beside int16 activations', () => {
    expect(quantized({}, int16x8()).floatOperators).toMatchObject([
      { reason: 'UNIDIRECTIONAL_SEQUENCE_LSTM has no kernel for int16' },
    ])
  })
})
