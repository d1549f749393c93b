import type { CustomOperator } from '@quantrx/runtime'
import type { Model } from '@quantrx/tflite'
import { encode } from 'flatbuffers/js/flexbuffers.js'
import type { Family } from '../family.ts'
import { connect } from '../layers.ts'
import { corpusModel } from '../model-builder.ts'

const squash: CustomOperator = {
  prepare({ inputs: [input], outputs: [output] }) {
    const [from, to] = [input!.data as Float32Array, output!.data as Float32Array]
    return () => from.forEach((value, at) => (to[at] = value / (1 + Math.abs(value))))
  },
}

/** Between two layers, an operator that only its author knows. */
export const customOperator: Family = {
  ...{ name: 'custom operator', model, customOperators: { Squash: squash } },
  ...{ float: ['CUSTOM'], inLiteRt: false },
}

function model(): Model {
  const { graph, finish } = corpusModel()
  const g = graph()
  const hidden = connect(g, g.input('x', [1, 16]), { name: 'hidden', depth: 16, shape: [1, 16] })
  const custom = { name: 'Squash', options: encode({ by: 2 }) }
  const [squashed] = g.add('CUSTOM', [hidden], [['squashed', [1, 16]]], undefined, { custom })
  g.finish([connect(g, squashed!, { name: 'y', depth: 16, shape: [1, 4] })])
  return finish()
}
