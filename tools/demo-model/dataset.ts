import { seededRandom } from '@quantrx/core'
import type { Random } from '@quantrx/core'
import { glyphs } from './glyphs.ts'
import type { Point } from './glyphs.ts'

/** Height and width of the images. */
export const imageSize = 24

/** Images of distorted digits, one byte a pixel, and which digit each shows. */
export interface Dataset {
  readonly count: number
  /** `[count, imageSize, imageSize, 1]` */
  readonly images: Uint8Array
  readonly labels: Int32Array
}

/**
 * Draws a data set: digits under a random rotation, slant, size, position, stroke width, brightness and noise. Only exactly
 * rounded arithmetic is involved, so a seed gives the same bytes on every machine.
 */
export function drawDataset(count: number, seed: number): Dataset {
  const random = seededRandom(seed)
  const pixels = imageSize * imageSize
  const images = new Uint8Array(count * pixels)
  const labels = new Int32Array(count)
  for (let at = 0; at < count; at++) {
    const digit = at % glyphs.length
    labels[at] = digit
    images.set(drawDigit(random, digit), at * pixels)
  }
  return { count, images, labels }
}

type Segment = readonly [from: Point, to: Point]

function drawDigit(random: Random, digit: number): Uint8Array {
  const segments = distort(random, digit)
  const halfWidth = 0.7 + 1.1 * random.next()
  const ink = 110 + 145 * random.next()
  const paper = 70 * random.next()
  const noise = 5 + 15 * random.next()
  const image = new Uint8Array(imageSize * imageSize)
  for (let y = 0; y < imageSize; y++) {
    for (let x = 0; x < imageSize; x++) {
      const distance = Math.min(...segments.map((segment) => distanceTo(segment, x + 0.5, y + 0.5)))
      const coverage = Math.max(0, Math.min(1, halfWidth - distance + 0.5))
      const value = paper + (ink - paper) * coverage + noise * random.normal()
      image[y * imageSize + x] = Math.max(0, Math.min(255, Math.floor(value + 0.5)))
    }
  }
  return image
}

/** The strokes of a digit in pixels, distorted. */
function distort(random: Random, digit: number): readonly Segment[] {
  const spread = (width: number): number => (2 * random.next() - 1) * width
  // Tangent of half the angle: sine and cosine then follow by exactly rounded arithmetic alone.
  const half = spread(0.15)
  const cosine = (1 - half * half) / (1 + half * half)
  const sine = (2 * half) / (1 + half * half)
  const slant = spread(0.22)
  const [width, height] = [14 + spread(3), 17 + spread(2.5)]
  const [centerX, centerY] = [imageSize / 2 + spread(2), imageSize / 2 + spread(2)]
  const wobble = (): number => spread(0.04)
  const place = ([px, py]: Point): Point => {
    const y = (py - 0.5 + wobble()) * height
    const x = (px - 0.5 + wobble()) * width + slant * y
    return [centerX + cosine * x - sine * y, centerY + sine * x + cosine * y]
  }
  return (glyphs[digit] ?? []).flatMap((stroke) => {
    const points = stroke.map(place)
    return points.slice(1).map((to, at): Segment => [points[at]!, to])
  })
}

function distanceTo([[fromX, fromY], [toX, toY]]: Segment, x: number, y: number): number {
  const [directionX, directionY] = [toX - fromX, toY - fromY]
  const length = directionX * directionX + directionY * directionY
  const along = length === 0 ? 0 : ((x - fromX) * directionX + (y - fromY) * directionY) / length
  const nearest = Math.max(0, Math.min(1, along))
  const [offsetX, offsetY] = [x - fromX - nearest * directionX, y - fromY - nearest * directionY]
  return Math.sqrt(offsetX * offsetX + offsetY * offsetY)
}
