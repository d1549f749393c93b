import type { Metric, Opener, Sample, Tensor } from '@quantrx/core'
import { argmax } from '@quantrx/evaluators'
import type { Disagreement, Guess, Picture } from '@quantrx/report'

/** More than these nobody looks at. */
const shown = 12

/** Pictures are made smaller than this on both sides, so that a report stays small. */
const largestSide = 96

/** Knows which sample is being evaluated: metrics see inputs and outputs only. */
export interface SampleMemory {
  readonly open: Opener
  current(): Sample | undefined
}

/** An opener that remembers the sample it gave last. */
export function remembering(open: Opener): SampleMemory {
  let last: Sample | undefined
  return {
    current: () => last,
    async *open(signal) {
      for await (const sample of open(signal)) {
        last = sample
        yield sample
      }
    },
  }
}

/** The samples on which the classes of the two models differ, where the float model is surest first. */
export function disagreements({
  current,
}: SampleMemory): Metric<Disagreement[], readonly Disagreement[], 'disagreements'> {
  return {
    name: 'disagreements',
    needs: ['reference'],
    init: () => [],
    update(
      found,
      { output: [output = new Float32Array()], reference: [reference = new Float32Array()] = [] },
    ) {
      const [float, integer] = [guess(reference), guess(output)]
      const sample = current()
      if (sample === undefined || output.length < 2 || float.class === integer.class) return
      found.push({ ...described(sample), float, integer })
      found.sort(surestFirst)
      found.length = Math.min(found.length, shown)
    },
    merge: (a, b) => [...a, ...b].sort(surestFirst).slice(0, shown),
    finish: (found) => found,
  }
}

const surestFirst = (a: Disagreement, b: Disagreement): number =>
  b.float.score - a.float.score || a.sample - b.sample

function guess(scores: Float32Array): Guess {
  const index = argmax(scores)
  return { class: index, score: scores[index] ?? 0 }
}

function described({ index, name, label, inputs }: Sample): Omit<Disagreement, 'float' | 'integer'> {
  const picture = inputs.length === 1 ? pictureOf(inputs[0]!) : undefined
  return {
    sample: index,
    ...(name === undefined ? {} : { name }),
    ...(label === undefined ? {} : { label }),
    ...(picture === undefined ? {} : { picture }),
  }
}

/** An input of the shape of an image, its values spread over black to white; every so manieth pixel of a large one. */
export function pictureOf({ shape, data }: Tensor): Picture | undefined {
  const [height = 0, width = 0, channels = 0] = shape.length === 4 && shape[0] === 1 ? shape.slice(1) : shape
  if (shape.length < 3 || (channels !== 1 && channels !== 3) || height < 8 || width < 8) return undefined
  let [lowest, highest] = [Infinity, -Infinity]
  for (let at = 0; at < data.length; at++) {
    const value = Number(data[at])
    if (value < lowest) lowest = value
    if (value > highest) highest = value
  }
  const isBytes = data instanceof Uint8Array
  const [black, white] = isBytes ? [0, 255] : [lowest, highest]
  const step = Math.ceil(Math.max(height, width) / largestSide)
  const [rows, columns] = [Math.ceil(height / step), Math.ceil(width / step)]
  const pixels = new Uint8Array(rows * columns * channels)
  for (let at = 0; at < pixels.length; at++) {
    const [y, x] = [Math.floor(at / (columns * channels)), Math.floor(at / channels) % columns]
    const value = Number(data[(y * step * width + x * step) * channels + (at % channels)])
    pixels[at] = Math.round(((value - black) / (white - black || 1)) * 255)
  }
  return { width: columns, height: rows, channels, pixels }
}
