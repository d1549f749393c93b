import { expect, it } from 'vitest'
import { addOptions, modelBuilder } from '../example-models.conformance.ts'
import { graphView } from './graph-view.ts'
import { suitability } from './suitability.ts'
import type { Model, Tensor } from '@quantrx/tflite'

/** ADD of an input and a second operand that `change` makes unusual. */
function judge(change: (operand: Tensor) => Partial<Tensor>, ...data: readonly number[]) {
  const { add, tensor, values, finish } = modelBuilder()
  const [input, operand] = [tensor('input', [2]), values('operand', ...data)]
  const model = finish([input], [add('ADD', [input, operand], 'sum', [2], addOptions)])
  const tensors = model.subgraphs?.[0]?.tensors?.map((each, at) =>
    at === operand ? { ...each, ...change(each) } : each,
  )
  const changed: Model = { ...model, subgraphs: [{ ...model.subgraphs![0]!, ...(tensors && { tensors }) }] }
  const graph = graphView(changed, 0)!
  return suitability(graph, graph.operators[0]!)
}

const same = () => ({})

it('takes float activations and finite constants', () => {
  expect(judge(same, 1, 2)).toMatchObject({ kind: 'integer', rule: { kind: 'ADD' } })
})

it.each([NaN, Infinity, -Infinity])('leaves an operator with the constant %d float', (value) => {
  expect(judge(same, 1, value)).toEqual({
    kind: 'float',
    reason: 'its constant "operand" is not finite',
    computes: true,
  })
})

it('leaves an operator with operands of other types float', () => {
  expect(judge(() => ({ type: 'INT32' }), 1, 2)).toEqual({
    kind: 'float',
    reason: 'tensor "operand" is INT32, not FLOAT32',
    computes: true,
  })
})

it('leaves an operator with variables float', () => {
  expect(judge(() => ({ isVariable: true, buffer: 0 }), 1, 2)).toEqual({
    kind: 'float',
    reason: 'tensor "operand" is a variable',
    computes: true,
  })
})

it('leaves an operator with sparse operands float', () => {
  expect(judge(() => ({ sparsity: { traversalOrder: [0] } }), 1, 2)).toEqual({
    kind: 'float',
    reason: 'tensor "operand" is sparse',
    computes: true,
  })
})

it('has nothing to say about operators without float activations', () => {
  const { add, integers, finish } = modelBuilder()
  const model = finish([], [add('ADD', [integers('a', 1), integers('b', 2)], 'sum', [1], addOptions)])
  const tensors = model.subgraphs![0]!.tensors!.map((tensor) => ({ ...tensor, type: 'INT32' as const }))
  const graph = graphView({ ...model, subgraphs: [{ ...model.subgraphs![0]!, tensors }] }, 0)!
  expect(suitability(graph, graph.operators[0]!)).toEqual({ kind: 'unconcerned' })
})
