import { builtinCodeFields } from '@quantrx/tflite'
import type { Model, Operator } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { withMainGraph } from './with-main-graph.ts'

const operator = (options: Pick<Operator, 'builtinOptions' | 'builtinOptions2'>): Operator => ({
  ...{ opcodeIndex: 0, inputs: [], outputs: [], customOptionsFormat: 'FLEXBUFFERS', debugMetadataIndex: -1 },
  ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n, ...options },
})
const graph = (name: string, operators: readonly Operator[] = []) => ({
  ...{ name, operators, debugMetadataIndex: -1 },
})
const branches = (thenSubgraphIndex: number, elseSubgraphIndex: number) =>
  operator({ builtinOptions: { kind: 'IfOptions', thenSubgraphIndex, elseSubgraphIndex } })
const cases = (branchSubgraphIndices: readonly number[]) =>
  operator({ builtinOptions2: { kind: 'StablehloCaseOptions', branchSubgraphIndices } })
const call = (subgraph: number) => operator({ builtinOptions: { kind: 'CallOptions', subgraph } })
const axis = operator({ builtinOptions: { kind: 'GatherOptions', axis: 2, batchDims: 0 } })

const signatures = (...subgraphs: readonly number[]) =>
  subgraphs.map((subgraphIndex) => ({ signatureKey: `of ${subgraphIndex}`, subgraphIndex }))
const model: Model = {
  ...{ version: 3, buffers: [{ offset: 0n, size: 0n }] },
  operatorCodes: [{ ...builtinCodeFields('IF'), version: 1 }],
  subgraphs: [graph('main', [branches(1, 2), axis]), graph('one'), graph('two', [cases([0, 1, 2]), call(1)])],
  signatureDefs: signatures(0, 2),
}

it('puts a subgraph first, and follows it wherever it is named', () => {
  const moved = withMainGraph(model, 2)
  expect(moved.subgraphs).toEqual([
    graph('two', [cases([2, 1, 0]), call(1)]),
    graph('one'),
    graph('main', [branches(1, 0), axis]),
  ])
  expect(moved.signatureDefs).toEqual([
    { signatureKey: 'of 0', subgraphIndex: 2 },
    { signatureKey: 'of 2', subgraphIndex: 0 },
  ])
})

it('gives the model again when it is done twice, and at once for the main graph', () => {
  for (const subgraph of [1, 2]) {
    expect(withMainGraph(withMainGraph(model, subgraph), subgraph)).toEqual(model)
  }
  expect(withMainGraph(model, 0)).toBe(model)
})
