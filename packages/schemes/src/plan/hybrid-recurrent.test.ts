import { builtinCodeFields, optionsOf } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { describe, expect, it } from 'vitest'
import { exampleCalibration, modelBuilder } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { dynamic } from '../schemes/dynamic.ts'
import { graphView } from './graph-view.ts'
import { suitability } from './suitability.ts'

/** A model of one LSTM with coupled gates, whose largest matrices have `units * units` elements. */
function lstmModel(units: number): Model {
  const { tensor, constant, add, finish } = modelBuilder()
  const input = tensor('input', [1, 4, 8])
  const gates = (name: string, ...shape: number[]) => [
    -1,
    ...['forget', 'cell', 'output'].map((gate) => constant(`${gate}/${name}`, shape)),
  ]
  const states = ['output', 'cell'].map((name) => tensor(`${name}/state`, [1, units]))
  const inputs = [
    input,
    ...[...gates('weights', units, 8), ...gates('recurrent', units, units)],
    ...[-1, -1, -1, ...gates('bias', units), -1, -1],
    ...states,
  ]
  const output = add('UNIDIRECTIONAL_SEQUENCE_LSTM', inputs, 'output', [1, 4, units], {
    ...{ kind: 'UnidirectionalSequenceLSTMOptions', fusedActivationFunction: 'TANH', timeMajor: false },
    ...{ cellClip: 0, projClip: 0, asymmetricQuantizeInputs: false, diagonalRecurrentTensors: false },
  })
  const model = finish([input], [output])
  const subgraphs = model.subgraphs?.map((subgraph) => ({
    ...subgraph,
    tensors: subgraph.tensors?.map((each, at) => ({ ...each, isVariable: states.includes(at) })) ?? [],
  }))
  return { ...model, ...(subgraphs === undefined ? {} : { subgraphs }) }
}

const quantized = (units: number, scheme: ReturnType<typeof dynamic>) => {
  const model = lstmModel(units)
  return quantizeModel(model, exampleCalibration(model), scheme)
}

describe('weights of recurrent operators', () => {
  const { model, floatOperators } = quantized(32, dynamic())
  const [subgraph] = model.subgraphs ?? []

  it('all become int8 where the largest are worth it', () => {
    expect(floatOperators).toEqual([])
    const names = subgraph?.tensors?.filter(({ type }) => type === 'INT8').map(({ name }) => name)
    expect(names).toEqual(
      ['weights', 'recurrent'].flatMap((name) =>
        ['forget', 'cell', 'output'].map((gate) => `${gate}/${name}`),
      ),
    )
    expect(subgraph?.tensors?.every(({ quantization }) => (quantization?.scale?.length ?? 0) < 2)).toBe(true)
  })

  it('ask for the kernel that reads them', () => {
    expect(model.operatorCodes?.[0]?.version).toBe(3)
    const options = optionsOf(subgraph!.operators![0]!, 'UNIDIRECTIONAL_SEQUENCE_LSTM')
    expect(options).toMatchObject({ asymmetricQuantizeInputs: true, fusedActivationFunction: 'TANH' })
  })

  it('all stay where the largest are too small', () => {
    expect(quantized(16, dynamic({ minimumElements: 256 })).floatOperators).toEqual([])
    expect(() => quantized(16, dynamic())).toThrow(
      /no operator with float32 weights that can become smaller.* Operator 0 stays float because its weights have 256 elements, fewer than 1024/,
    )
  })
})

it('says why a recurrent operator does not become an integer one', () => {
  const model = lstmModel(32)
  const [own] = model.subgraphs![0]!.operators!
  const without = { ...own!, inputs: own!.inputs!.slice(0, 5) }
  const subgraphs = [{ ...model.subgraphs![0]!, operators: [without] }]
  const rnn = { ...model, operatorCodes: [{ ...model.operatorCodes![0]!, ...builtinCodeFields('RNN') }] }
  const view = graphView({ ...rnn, subgraphs }, 0)!
  expect(suitability(view, view.operators[0]!)).toMatchObject({
    ...{ kind: 'float', reason: 'RNN has no integer form here; the scheme dynamic makes its weights int8' },
  })
})
