import type { Model } from '@quantrx/tflite'
import { encode } from 'flatbuffers/js/flexbuffers.js'
import type { Family } from '../family.ts'
import { convolve } from '../layers.ts'
import { corpusModel } from '../model-builder.ts'
import type { GraphBuilder } from '../model-builder.ts'

/** An SSD: boxes and scores of two layers, joined, and non-maximum suppression as a custom operator. */
export const detector: Family = { name: 'detector', model, float: ['CUSTOM'], chooses: true }

function model(): Model {
  const { graph, finish } = corpusModel()
  const g = graph()
  const image = g.input('image', [1, 8, 8, 3])
  const early = convolve(g, image, { name: 'early', size: 3, from: 3, side: 4, channels: 8, stride: 2 })
  const late = convolve(g, early, { name: 'late', size: 3, from: 8, side: 2, channels: 8, stride: 2 })
  const boxes = head(g, 'boxes', 4, early, late)
  const [scores] = g.add('LOGISTIC', [head(g, 'logits', 3, early, late)], [['scores', [1, 20, 3]]])
  const anchors = Array.from({ length: 20 }, (_, at) => [((at % 16) >> 2) / 4, (at % 4) / 4, 0.25, 0.25])
  const options = encode({
    ...{ max_detections: 5, max_classes_per_detection: 1, detections_per_class: 5, use_regular_nms: false },
    ...{ nms_score_threshold: 0.125, nms_iou_threshold: 0.5, num_classes: 2 },
    ...{ y_scale: 10, x_scale: 10, h_scale: 5, w_scale: 5 },
  })
  const found = g.add(
    'CUSTOM',
    [boxes, scores!, g.reals('anchors', [20, 4], ...anchors.flat())],
    [
      ['found boxes', [1, 5, 4]],
      ['found classes', [1, 5]],
      ['found scores', [1, 5]],
      ['count', [1]],
    ],
    undefined,
    { custom: { name: 'TFLite_Detection_PostProcess', options } },
  )
  g.finish([...found, boxes, scores!])
  return finish()
}

/** One row for each of 16 places of the early layer and 4 of the late one. */
function head(g: GraphBuilder, name: string, channels: number, early: number, late: number): number {
  const parts = (
    [
      [early, 4],
      [late, 2],
    ] as const
  ).map(([features, side]) => {
    const layer = {
      name: `${name} map ${side}`,
      size: 1,
      from: 8,
      side,
      channels,
      activation: 'NONE',
    } as const
    const shape = [1, side * side, channels]
    const operands = [convolve(g, features, layer), g.integers(`${name} shape ${side}`, [3], ...shape)]
    return g.add('RESHAPE', operands, [[`${name} ${side}`, shape]])[0]!
  })
  return g.add('CONCATENATION', parts, [[name, [1, 20, channels]]], {
    ...{ kind: 'ConcatenationOptions', axis: 1, fusedActivationFunction: 'NONE' },
  })[0]!
}
