import type { Model } from '@quantrx/tflite'
import type { Family } from '../family.ts'
import { connect, convolve } from '../layers.ts'
import { corpusModel } from '../model-builder.ts'

/** A convolution with PRELU, and points. */
export const landmarks: Family = { name: 'landmarks', model, float: [] }

function model(): Model {
  const { graph, finish } = corpusModel()
  const g = graph()
  const face = g.input('face', [1, 8, 8, 3])
  const first = {
    name: 'features',
    size: 3,
    from: 3,
    side: 4,
    channels: 8,
    stride: 2,
    activation: 'NONE',
  } as const
  const features = convolve(g, face, first)
  const slopes = g.reals('slopes', [1, 1, 8], ...[1, 2, 3, 4, 5, 6, 7, 8].map((at) => at / 20))
  const [active] = g.add('PRELU', [features, slopes], [['active', [1, 4, 4, 8]]])
  const [flat] = g.add('RESHAPE', [active!, g.integers('shape', [2], 1, 128)], [['flat', [1, 128]]])
  g.finish([connect(g, flat!, { name: 'points', depth: 128, shape: [1, 10] })])
  return finish()
}
