import type { Model } from '@quantrx/tflite'
import type { Family } from '../family.ts'
import { convolve } from '../layers.ts'
import { corpusModel } from '../model-builder.ts'

/** An encoder, and a decoder that resizes. */
export const segmenter: Family = { name: 'segmenter', model, float: [] }

function model(): Model {
  const { graph, finish } = corpusModel()
  const g = graph()
  const image = g.input('image', [1, 8, 8, 3])
  const small = convolve(g, image, { name: 'small', size: 3, from: 3, side: 4, channels: 8, stride: 2 })
  const [large] = g.add(
    'RESIZE_BILINEAR',
    [small, g.integers('size', [2], 8, 8)],
    [['large', [1, 8, 8, 8]]],
    { kind: 'ResizeBilinearOptions', newHeight: 0, newWidth: 0, alignCorners: false, halfPixelCenters: true },
    { version: 3 },
  )
  const last = { name: 'classes', size: 1, from: 8, side: 8, channels: 4, activation: 'NONE' } as const
  const classes = convolve(g, large!, last)
  const options = { kind: 'SoftmaxOptions', beta: 1 } as const
  g.finish(g.add('SOFTMAX', [classes], [['probabilities', [1, 8, 8, 4]]], options))
  return finish()
}
