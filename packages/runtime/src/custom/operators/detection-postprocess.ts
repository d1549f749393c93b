import { ShapeError, UnsupportedError, elementCount, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { detectionPostprocess as detect } from '@quantrx/kernels'
import type { DetectionParameters } from '@quantrx/kernels'
import { readFlexBuffer } from '@quantrx/tflite'
import type { FlexValue } from '@quantrx/tflite'
import type { RuntimeTensor } from '../../operator.ts'
import { realValues } from '../../real-values.ts'
import type { CustomOperator, CustomOperatorContext } from '../custom-operator.ts'

const name = 'TFLite_Detection_PostProcess'

/**
 * TFLite_Detection_PostProcess: the boxes of an SSD detector after non-maximum suppression. Inputs are box encodings
 * `[1, boxes, 4]`, scores `[1, boxes, classes]` and anchors `[boxes, 4]`, real or quantized; outputs are boxes, classes,
 * scores and how many there are; what follows them is 0.
 */
export const detectionPostprocess: CustomOperator & { readonly name: string } = {
  name,
  outputShapes(context) {
    const count = detectionCount(optionsOf(context))
    return [[1, count, 4], [1, count], [1, count], [1]]
  },
  prepare(context) {
    const [encodings, scores, anchors] = [0, 1, 2].map((at) => operand(context.inputs[at], at))
    const [boxes, classes, kept, found] = [0, 1, 2, 3].map((at) => realOutput(context.outputs[at], at))
    const parameters = parametersOf(context, encodings!, scores!, anchors!)
    return () => {
      const detections = detect(parameters, realValues(encodings!), realValues(scores!), realValues(anchors!))
      for (const output of [boxes!, classes!, kept!]) output.fill(0)
      detections.forEach((detection, at) => {
        boxes!.set(detection.box, 4 * at)
        classes![at] = detection.class
        kept![at] = detection.score
      })
      found![0] = detections.length
    }
  },
}

function operand(tensor: RuntimeTensor | undefined, at: number): RuntimeTensor {
  if (tensor !== undefined) return tensor
  throw new ShapeError({ stage: 'runtime', subject: name, found: `no input ${at}`, expected: 'one' })
}

function realOutput(tensor: RuntimeTensor | undefined, at: number): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `${name}, output ${at}`,
    found: tensor?.type ?? 'none',
    expected: 'float32',
  })
}

type Options = Readonly<Record<string, FlexValue>>

function optionsOf({ options }: CustomOperatorContext): Options {
  const read = readFlexBuffer(options)
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Options
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `${name}, options`,
    found: 'something else',
    expected: 'a map of names to numbers',
  })
}

function numberOf(options: Options, option: string, absent?: number): number {
  const value = options[option] ?? absent
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `${name}, option ${option}`,
    found: value === undefined ? 'none' : String(value),
    expected: 'a number',
  })
}

const largestCount = 2 ** 20

function detectionCount(options: Options): number {
  const count = numberOf(options, 'max_detections') * numberOf(options, 'max_classes_per_detection')
  if (Number.isInteger(count) && count >= 0 && count <= largestCount) return count
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `${name}, option max_detections`,
    found: `${count} detections`,
    expected: `0 to ${largestCount}`,
  })
}

function parametersOf(
  context: CustomOperatorContext,
  encodings: RuntimeTensor,
  scores: RuntimeTensor,
  anchors: RuntimeTensor,
): DetectionParameters {
  const options = optionsOf(context)
  detectionCount(options)
  const [encodingLength = 0, scoredClasses = 0] = [encodings.shape.at(-1), scores.shape.at(-1)]
  const classes = numberOf(options, 'num_classes')
  checkShapes({ encodings: encodings.shape, scores: scores.shape, anchors: anchors.shape, classes })
  return {
    ...{ scoredClasses, classes, encodingLength },
    scales: {
      ...{ y: numberOf(options, 'y_scale'), x: numberOf(options, 'x_scale') },
      ...{ height: numberOf(options, 'h_scale'), width: numberOf(options, 'w_scale') },
    },
    maxDetections: numberOf(options, 'max_detections'),
    classesPerBox: Math.min(numberOf(options, 'max_classes_per_detection'), classes),
    boxesPerClass: numberOf(options, 'detections_per_class', 100),
    perClass: options['use_regular_nms'] === true || options['use_regular_nms'] === 1,
    scoreThreshold: numberOf(options, 'nms_score_threshold'),
    overlapThreshold: numberOf(options, 'nms_iou_threshold'),
  }
}

function checkShapes(shapes: {
  readonly encodings: Shape
  readonly scores: Shape
  readonly anchors: Shape
  readonly classes: number
}): void {
  const { encodings, scores, anchors, classes } = shapes
  const [boxes = -1] = anchors
  const fits =
    elementCount(anchors) === boxes * 4 &&
    elementCount(encodings) === boxes * (encodings.at(-1) ?? 0) &&
    elementCount(scores) === boxes * (scores.at(-1) ?? 0)
  if (fits && (encodings.at(-1) ?? 0) >= 4 && classes >= 1 && classes <= (scores.at(-1) ?? 0)) return
  throw new ShapeError({
    stage: 'runtime',
    subject: name,
    found: `encodings ${formatShape(encodings)}, scores ${formatShape(scores)}, anchors ${formatShape(anchors)}, ${classes} classes`,
    expected: 'encodings [1, boxes, 4], scores [1, boxes, classes or one more] and anchors [boxes, 4]',
  })
}
