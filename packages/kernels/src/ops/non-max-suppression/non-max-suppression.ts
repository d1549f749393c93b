import { exp } from '../../math/exp.ts'

/** When boxes are left out. */
export interface NonMaxSuppressionLimits {
  /** Most boxes that are chosen. */
  readonly count: number
  /** Boxes that share at least this part of their area with a better one are left out. */
  readonly overlap: number
  /** Boxes that score no more are left out. */
  readonly score: number
  /** Above 0, the width of the bell by which scores sink the more, the more boxes share with better ones. */
  readonly sigma: number
}

/** A chosen box. */
export interface ChosenBox {
  readonly index: number
  /** Its score, or what is left of it. */
  readonly score: number
}

interface Candidate {
  readonly index: number
  score: number
  /** Boxes chosen before have been compared with it. */
  compared: number
}

/**
 * NON_MAX_SUPPRESSION_V4 and V5: the best boxes, best first, without those that a better one hides, in float32 (Bodla et al.,
 * "Soft-NMS: Improving Object Detection With One Line of Code", 2017). Of equal scores the first box comes first, as in
 * TensorFlow; TensorFlow Lite leaves that open. As there, a box that does not hide itself, for it has no area or `overlap` is above 1, is
 * chosen again and again until there are as many as scored enough.
 *
 * @param boxes `[boxes, 4]`: two corners that lie opposite each other, y before x
 * @param scores `[boxes]`
 */
export function nonMaxSuppression(
  boxes: Float32Array,
  scores: Float32Array,
  { count, overlap, score: lowest, sigma }: NonMaxSuppressionLimits,
): readonly ChosenBox[] {
  const waiting: Candidate[] = Array.from(scores, (score, index) => ({ index, score, compared: 0 })).filter(
    ({ score }) => score > lowest,
  )
  waiting.sort((a, b) => (comesBefore(a, b) ? 1 : -1))
  const most = Math.min(count, waiting.length)
  const chosen: ChosenBox[] = []
  while (chosen.length < most) {
    const best = waiting.pop()
    if (best === undefined) break
    const before = best.score
    let hidden = false
    for (let at = chosen.length - 1; at >= best.compared && !hidden && best.score > lowest; at--) {
      const shared = sharedPart(boxes, best.index, chosen[at]!.index)
      hidden = shared >= overlap
      if (!hidden && sigma > 0) best.score = weakened(best.score, shared, sigma)
    }
    best.compared = chosen.length
    if (hidden || !(best.score > lowest)) continue
    if (best.score === before) chosen.push({ index: best.index, score: best.score })
    // A chosen box waits, too, until it hides itself.
    insert(waiting, best)
  }
  return chosen
}

const comesBefore = (a: Candidate, b: Candidate): boolean =>
  a.score > b.score || (a.score === b.score && a.index < b.index)

/** The list is sorted, the best one last. */
function insert(waiting: Candidate[], candidate: Candidate): void {
  let [low, high] = [0, waiting.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (comesBefore(candidate, waiting[middle]!)) low = middle + 1
    else high = middle
  }
  waiting.splice(low, 0, candidate)
}

function weakened(score: number, shared: number, sigma: number): number {
  const { fround } = Math
  const exponent = fround(fround(fround(-0.5 / sigma) * shared) * shared)
  return fround(score * fround(exp(exponent)))
}

/** Area that two boxes share, as a part of what they cover together; 0 where one has no area. */
function sharedPart(boxes: Float32Array, a: number, b: number): number {
  const { fround } = Math
  const low = (box: number, axis: 0 | 1): number =>
    Math.min(boxes[4 * box + axis]!, boxes[4 * box + axis + 2]!)
  const high = (box: number, axis: 0 | 1): number =>
    Math.max(boxes[4 * box + axis]!, boxes[4 * box + axis + 2]!)
  const area = (box: number): number =>
    fround(fround(high(box, 0) - low(box, 0)) * fround(high(box, 1) - low(box, 1)))
  const [areaA, areaB] = [area(a), area(b)]
  if (areaA <= 0 || areaB <= 0) return 0
  const common = (axis: 0 | 1): number =>
    Math.max(fround(Math.min(high(a, axis), high(b, axis)) - Math.max(low(a, axis), low(b, axis))), 0)
  const both = fround(common(0) * common(1))
  const together = fround(fround(areaA + areaB) - both)
  return together === 0 ? 0 : fround(both / together)
}
