import type { Calibration, Range } from '@quantrx/core'
import { integerLimits } from '@quantrx/core'
import { histogramQuantile } from '@quantrx/observers'
import type { Histogram } from '@quantrx/observers'
import type { TensorFacts } from '@quantrx/report'
import { dataTypeOf, quantizationOf } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'

/** Per cent of the values that the percentile range beside the others holds. */
const percentile = 99.99

/** The activations of the float model that the result holds as integers: what was seen of them, and the ranges beside it. */
export function tensorFacts(result: Model, seen: Calibration<string, Histogram>): readonly TensorFacts[] {
  const representable = representableRanges(result)
  return seen.tensors.flatMap(({ subgraph, name, result: histogram }) => {
    const range = subgraph === 0 ? representable.get(name) : undefined
    return range === undefined ? [] : [factsOf(name, histogram, range)]
  })
}

function factsOf(name: string, histogram: Histogram, chosen: Range): TensorFacts {
  const { counts, exponent, min, max } = histogram
  const width = 2 ** exponent
  const tail = (100 - percentile) / 200
  const used = Math.max(0, Math.min(max, chosen.max) - Math.max(min, chosen.min))
  return {
    name,
    histogram: { start: (-counts.length / 2) * width, width, counts },
    ranges: [
      { strategy: 'result', ...chosen },
      { strategy: 'min-max', min, max },
      {
        strategy: `${percentile} %`,
        min: histogramQuantile(histogram, tail),
        max: histogramQuantile(histogram, 1 - tail),
      },
    ],
    saturated: shareOutside(histogram, chosen),
    unused: 1 - used / (chosen.max - chosen.min),
  }
}

/** Bins that lie outside as a whole: what a bin holds is not known more precisely. */
function shareOutside({ counts, count, exponent }: Histogram, { min, max }: Range): number {
  const width = 2 ** exponent
  const half = counts.length / 2
  const outside = counts.reduce(
    (sum, inBin, bin) => ((bin - half + 1) * width <= min || (bin - half) * width >= max ? sum + inBin : sum),
    0,
  )
  return outside / count
}

/** The real numbers that integer tensors of the main graph can stand for, by name. */
function representableRanges(model: Model): ReadonlyMap<string, Range> {
  const ranges = new Map<string, Range>()
  for (const tensor of model.subgraphs?.[0]?.tensors ?? []) {
    const type = dataTypeOf(tensor)
    const quantization = quantizationOf(tensor)
    if (quantization?.scales.length !== 1 || (type !== 'int8' && type !== 'uint8' && type !== 'int16'))
      continue
    const [scale = 1, zeroPoint = 0] = [quantization.scales[0], quantization.zeroPoints[0]]
    const { min, max } = integerLimits[type]
    ranges.set(tensor.name ?? '', { min: (min - zeroPoint) * scale, max: (max - zeroPoint) * scale })
  }
  return ranges
}
