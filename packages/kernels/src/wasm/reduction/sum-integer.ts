import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { sumLine } from '../../ops/sum/xnnpack.ts'
import { beginQuantizedMultiplier } from '../math/fixed-point.ts'
import type { MeanIntegerOptions } from './mean-integer.ts'
import { beginRoundedLine, requantizedSums } from './requantized-sums.ts'
import type { WindowReduction } from './window-reduction.ts'

/** The sum of a window of stored integers, from one scale and zero point to another. */
export function sumIntegerReduction(options: MeanIntegerOptions): WindowReduction {
  const { type, arithmetic, inputScale, inputZeroPoint, outputScale, outputZeroPoint, range } = options
  if (arithmetic === 'tflite') {
    const multiplier = quantizeMultiplier(inputScale / outputScale)
    return requantizedSums({
      ...{ type, range, centre: inputZeroPoint, offset: outputZeroPoint },
      begin: (f) => beginQuantizedMultiplier(f, multiplier),
    })
  }
  // Both zero points are part of the line.
  return requantizedSums({
    ...{ type, range, centre: 0, offset: 0 },
    begin(f, count) {
      const { factor, bias } = sumLine(options, count)
      return beginRoundedLine(f, factor, bias)
    },
  })
}
