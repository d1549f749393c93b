import type { Model } from '@quantrx/tflite'
import type { Family } from '../family.ts'
import { connect } from '../layers.ts'
import { corpusModel } from '../model-builder.ts'
import type { GraphBuilder } from '../model-builder.ts'

/** What converters write that keep the names of layers: the same normalization twice, by the graph that it consists of. */
export const composites: Family = { name: 'composites', model, float: ['STABLEHLO_COMPOSITE'] }

function model(): Model {
  const { graph, finish } = corpusModel()
  const main = graph()
  const first = connect(main, main.input('x', [4, 16]), { name: 'first', depth: 16, shape: [4, 16] })
  const second = connect(main, normalize(main, first, 'one'), { name: 'second', depth: 16, shape: [4, 16] })
  main.finish([connect(main, normalize(main, second, 'two'), { name: 'y', depth: 16, shape: [4, 8] })])
  normalization(graph())
  return finish()
}

function normalize(g: GraphBuilder, input: number, name: string): number {
  const scale = g.weights(`${name} scale`, [16])
  const options2 = {
    kind: 'StableHLOCompositeOptions',
    ...{ name: 'odml.rms_norm', decompositionSubgraphIndex: 1, version: 1 },
    compositeAttributesFormat: 'FLEXBUFFERS',
    // A map of nothing.
    compositeAttributes: Uint8Array.of(0, 0, 1, 0, 0, 36, 1),
  } as const
  return g.add('STABLEHLO_COMPOSITE', [input, scale], [[name, [4, 16]]], undefined, { options2 })[0]!
}

/** Rows divided by the root of their mean square, and scaled. */
function normalization(g: GraphBuilder): void {
  const [x, scale] = [g.input('row', [4, 16]), g.input('scale', [16])]
  const product = { kind: 'MulOptions', fusedActivationFunction: 'NONE' } as const
  const [squares] = g.add('MUL', [x, x], [['squares', [4, 16]]], product)
  const mean = { kind: 'ReducerOptions', keepDims: true } as const
  const [means] = g.add('MEAN', [squares!, g.integers('axis', [1], 1)], [['mean', [4, 1]]], mean)
  const [inverse] = g.add('RSQRT', [means!], [['inverse', [4, 1]]])
  const [rows] = g.add('MUL', [x, inverse!], [['rows', [4, 16]]], product)
  g.finish(g.add('MUL', [rows!, scale], [['scaled', [4, 16]]], product))
}
