import { decodeBoxes } from './boxes.ts'
import type { BoxScales } from './boxes.ts'
import { suppressOverlaps } from './suppress.ts'
import type { SuppressionOptions } from './suppress.ts'

/** Options and sizes of TFLite_Detection_PostProcess. */
export interface DetectionParameters {
  /** Classes with scores, the background among them where it has one. */
  readonly scoredClasses: number
  readonly classes: number
  readonly scales: BoxScales
  /** Values of one box encoding, 4 or more. */
  readonly encodingLength: number
  readonly maxDetections: number
  /** Most classes that one box may be reported as, where all classes are suppressed together. */
  readonly classesPerBox: number
  /** Most boxes of one class, where each class is suppressed alone. */
  readonly boxesPerClass: number
  /** True where each class is suppressed alone, which takes longer. */
  readonly perClass: boolean
  readonly scoreThreshold: number
  readonly overlapThreshold: number
}

/** What was found, best first. */
export interface Detection {
  readonly box: readonly [top: number, left: number, bottom: number, right: number]
  readonly class: number
  readonly score: number
}

/**
 * The boxes of a detector after non-maximum suppression, as TFLite_Detection_PostProcess finds them (TensorFlow Lite,
 * `custom_ops/detection_postprocess`, for one image).
 *
 * @param encodings `[boxes, encodingLength]`
 * @param scores `[boxes, scoredClasses]`
 * @param anchors `[boxes, 4]`: centre y and x, height, width
 */
export function detectionPostprocess(
  parameters: DetectionParameters,
  encodings: Float32Array,
  scores: Float32Array,
  anchors: Float32Array,
): readonly Detection[] {
  const { encodingLength, scales, perClass } = parameters
  const boxes = decodeBoxes(encodings, encodingLength, anchors, scales)
  return (perClass ? detectPerClass : detectTogether)(parameters, boxes, scores)
}

function detectPerClass(
  parameters: DetectionParameters,
  boxes: Float32Array,
  scores: Float32Array,
): readonly Detection[] {
  const { classes, maxDetections, boxesPerClass } = parameters
  const found = Array.from({ length: classes }, (_, label) => {
    const own = Float32Array.from({ length: boxes.length / 4 }, (_, box) =>
      scoreOf(parameters, scores, box, label),
    )
    return suppressOverlaps(boxes, own, suppression(parameters, boxesPerClass)).map((box) =>
      detection(boxes, box, label, own[box]!),
    )
  })
  return found
    .flat()
    .sort((a, b) => b.score - a.score)
    .slice(0, maxDetections)
}

function detectTogether(
  parameters: DetectionParameters,
  boxes: Float32Array,
  scores: Float32Array,
): readonly Detection[] {
  const { classes, classesPerBox, maxDetections } = parameters
  const best = Array.from({ length: boxes.length / 4 }, (_, box) =>
    Array.from({ length: classes }, (_, label) => label)
      .sort((a, b) => scoreOf(parameters, scores, box, b) - scoreOf(parameters, scores, box, a) || a - b)
      .slice(0, classesPerBox),
  )
  const highest = best.map(([label = 0], box) => scoreOf(parameters, scores, box, label))
  return suppressOverlaps(boxes, highest, suppression(parameters, maxDetections)).flatMap((box) =>
    best[box]!.map((label) => detection(boxes, box, label, scoreOf(parameters, scores, box, label))),
  )
}

const suppression = (
  { scoreThreshold, overlapThreshold }: DetectionParameters,
  limit: number,
): SuppressionOptions => ({ scoreThreshold, overlapThreshold, limit })

/** The background, where it has a score, comes first. */
const scoreOf = (
  { scoredClasses, classes }: DetectionParameters,
  scores: Float32Array,
  box: number,
  label: number,
): number => scores[box * scoredClasses + scoredClasses - classes + label]!

const detection = (boxes: Float32Array, box: number, label: number, score: number): Detection => ({
  box: [boxes[4 * box]!, boxes[4 * box + 1]!, boxes[4 * box + 2]!, boxes[4 * box + 3]!],
  class: label,
  score,
})
