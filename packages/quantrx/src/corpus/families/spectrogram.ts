import type { Model } from '@quantrx/tflite'
import type { Family } from '../family.ts'
import { connect } from '../layers.ts'
import { corpusModel } from '../model-builder.ts'

/** A network that makes its spectrogram itself, and has a normalization between channels. */
export const spectrogram: Family = {
  name: 'spectrogram',
  model,
  // The RESHAPE only brings the normalization what it needs.
  float: ['COMPLEX_ABS', 'LOCAL_RESPONSE_NORMALIZATION', 'RESHAPE', 'RFFT2D'],
}

function model(): Model {
  const { graph, finish } = corpusModel()
  const g = graph()
  const frames = g.input('frames', [1, 8, 1, 32])
  const numbers = { type: 'COMPLEX64' } as const
  const transform = { kind: 'Rfft2dOptions' } as const
  const sizes = g.integers('sizes', [2], 1, 32)
  const [waves] = g.add('RFFT2D', [frames, sizes], [['waves', [1, 8, 1, 17], numbers]], transform)
  const squeeze = { kind: 'SqueezeOptions', squeezeDims: [2] } as const
  const [rows] = g.add('SQUEEZE', [waves!], [['rows', [1, 8, 17], numbers]], squeeze)
  const [strengths] = g.add('COMPLEX_ABS', [rows!], [['strengths', [1, 8, 17]]])
  const hidden = connect(g, strengths!, { name: 'hidden', depth: 17, shape: [1, 8, 16] })
  const shape = { kind: 'ReshapeOptions', newShape: [1, 8, 1, 16] } as const
  const [image] = g.add('RESHAPE', [hidden], [['image', [1, 8, 1, 16]]], shape)
  const around = {
    kind: 'LocalResponseNormalizationOptions',
    radius: 2,
    bias: 1,
    alpha: 0.1,
    beta: 0.75,
  } as const
  const [normal] = g.add('LOCAL_RESPONSE_NORMALIZATION', [image!], [['normal', [1, 8, 1, 16]]], around)
  g.finish([connect(g, normal!, { name: 'y', depth: 16, shape: [1, 8, 1, 4] })])
  return finish()
}
