import { exp } from '../../math/exp.ts'

/** How encoded boxes are scaled against their anchors. */
export interface BoxScales {
  readonly y: number
  readonly x: number
  readonly height: number
  readonly width: number
}

/**
 * Boxes `[top, left, bottom, right]` from encodings `[y, x, height, width]` relative to anchors of the same form, in float32
 * (Liu et al., "SSD: Single Shot MultiBox Detector", 2016; centres are shifted by the anchor's size, sizes scaled by `exp`).
 *
 * @param stride Values from one encoding to the next, 4 or more.
 */
export function decodeBoxes(
  encodings: Float32Array,
  stride: number,
  anchors: Float32Array,
  scales: BoxScales,
): Float32Array {
  const { fround } = Math
  const boxes = new Float32Array(anchors.length)
  for (let at = 0; at < anchors.length; at += 4) {
    const from = (at / 4) * stride
    const [y, x, height, width] = [anchors[at]!, anchors[at + 1]!, anchors[at + 2]!, anchors[at + 3]!]
    const centerY = fround(fround(fround(encodings[from]! / scales.y) * height) + y)
    const centerX = fround(fround(fround(encodings[from + 1]! / scales.x) * width) + x)
    const halfHeight = halfSize(encodings[from + 2]!, scales.height, height)
    const halfWidth = halfSize(encodings[from + 3]!, scales.width, width)
    boxes.set([centerY - halfHeight, centerX - halfWidth, centerY + halfHeight, centerX + halfWidth], at)
  }
  return boxes
}

const halfSize = (encoded: number, scale: number, anchor: number): number =>
  Math.fround(0.5 * Math.fround(exp(Math.fround(encoded / scale))) * anchor)

/** Area that two of several boxes share, as a part of the area that they cover together; 0 where one has no area. */
export function overlap(boxes: Float32Array, a: number, b: number): number {
  const area = (at: number): number => (boxes[at + 2]! - boxes[at]!) * (boxes[at + 3]! - boxes[at + 1]!)
  const [first, second] = [4 * a, 4 * b]
  const [areaA, areaB] = [area(first), area(second)]
  if (!(areaA > 0 && areaB > 0)) return 0
  const shared = (axis: 0 | 1): number =>
    Math.max(
      0,
      Math.min(boxes[first + 2 + axis]!, boxes[second + 2 + axis]!) -
        Math.max(boxes[first + axis]!, boxes[second + axis]!),
    )
  const both = shared(0) * shared(1)
  return both / (areaA + areaB - both)
}
