import type { Model } from '@quantrx/tflite'
import type { Family } from '../family.ts'
import { addition, connect, reduction } from '../layers.ts'
import { corpusModel } from '../model-builder.ts'
import type { GraphBuilder } from '../model-builder.ts'

/** One of two layers, as the sign of a sum says, and then three times another one. */
export const controlFlow: Family = { name: 'control flow', model, float: ['IF', 'WHILE'] }

const int32 = { type: 'INT32' } as const
const bool = { type: 'BOOL' } as const

function model(): Model {
  const { graph, finish } = corpusModel()
  main(graph())
  branch(graph(), 'then')
  branch(graph(), 'else')
  condition(graph())
  body(graph())
  return finish()
}

function main(g: GraphBuilder): void {
  const x = g.input('x', [1, 16])
  const [total] = g.add('SUM', [x, g.integers('axes', [2], 0, 1)], [['total', []]], reduction)
  const [positive] = g.add('GREATER', [total!, g.reals('threshold', [], 0.5)], [['positive', [], bool]])
  const branches = { kind: 'IfOptions', thenSubgraphIndex: 1, elseSubgraphIndex: 2 } as const
  const [chosen] = g.add('IF', [positive!, x], [['chosen', [1, 16]]], branches)
  const loop = { kind: 'WhileOptions', condSubgraphIndex: 3, bodySubgraphIndex: 4 } as const
  const counted = [
    ['counted', [], int32],
    ['last', [1, 16]],
  ] as const
  const [, last] = g.add('WHILE', [g.integers('times', [], 0), chosen!], counted, loop)
  g.finish([connect(g, last!, { name: 'y', depth: 16, shape: [1, 4] })])
}

function branch(g: GraphBuilder, name: string): void {
  g.finish([connect(g, g.input(`${name} x`, [1, 16]), { name: `${name} y`, depth: 16, shape: [1, 16] })])
}

function condition(g: GraphBuilder): void {
  const count = g.input('count', [], int32)
  g.input('unused', [1, 16])
  g.finish(g.add('LESS', [count, g.integers('limit', [], 3)], [['more', [], bool]]))
}

function body(g: GraphBuilder): void {
  const counter = g.input('counter', [], int32)
  const value = g.input('value', [1, 16])
  const [next] = g.add('ADD', [counter, g.integers('one', [], 1)], [['next', [], int32]], addition)
  const changed = connect(g, value, { name: 'changed', depth: 16, shape: [1, 16], bias: false })
  g.finish([next!, ...g.add('TANH', [changed], [['bounded', [1, 16]]])])
}
