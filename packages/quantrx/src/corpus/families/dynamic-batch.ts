import type { Model } from '@quantrx/tflite'
import type { Family } from '../family.ts'
import { connect, convolve } from '../layers.ts'
import { corpusModel } from '../model-builder.ts'

/** A batch of any size, flattened by a shape that is computed. */
export const dynamicBatch: Family = { name: 'dynamic batch', model, inputShapes: [[3, 4, 4, 3]], float: [] }

function model(): Model {
  const { graph, finish } = corpusModel()
  const g = graph()
  const x = g.input('x', [1, 4, 4, 3], { signature: [-1, 4, 4, 3] })
  const features = convolve(g, x, { name: 'features', size: 3, from: 3, side: 4, channels: 8, open: true })
  const int32 = { type: 'INT32' } as const
  const [shape] = g.add('SHAPE', [features], [['shape', [4], int32]], {
    kind: 'ShapeOptions',
    outType: 'INT32',
  })
  const [first, second] = [g.integers('first', [1], 0), g.integers('second', [1], 1)]
  const [batch] = g.add('STRIDED_SLICE', [shape!, first, second, second], [['batch', [], int32]], {
    ...{ kind: 'StridedSliceOptions', beginMask: 0, endMask: 0, ellipsisMask: 0 },
    ...{ newAxisMask: 0, shrinkAxisMask: 1, offset: false },
  })
  const packing = { kind: 'PackOptions', valuesCount: 2, axis: 0 } as const
  const [wanted] = g.add('PACK', [batch!, g.integers('length', [], 128)], [['wanted', [2], int32]], packing)
  const [flat] = g.add('RESHAPE', [features, wanted!], [['flat', [1, 128], { signature: [-1, 128] }]])
  g.finish([connect(g, flat!, { name: 'y', depth: 128, shape: [1, 4], signature: [-1, 4] })])
  return finish()
}
