import { meanMultiplier } from '../../ops/mean/integer.ts'
import type { MeanIntegerParameters } from '../../ops/mean/parameters.ts'
import { meanFactor } from '../../ops/mean/xnnpack.ts'
import type { ActivationType } from '../../shared/integer-tensor.ts'
import { beginQuantizedMultiplier } from '../math/fixed-point.ts'
import { beginRoundedLine, requantizedSums } from './requantized-sums.ts'
import type { WindowReduction } from './window-reduction.ts'

/** What a generated MEAN or SUM of stored integers needs to know; zero points of int16 are 0. */
export interface MeanIntegerOptions extends Omit<MeanIntegerParameters, 'geometry'> {
  readonly type: ActivationType
}

/** The mean of a window of stored integers, from one scale and zero point to another. */
export function meanIntegerReduction(options: MeanIntegerOptions): WindowReduction {
  const { type, arithmetic, inputScale, inputZeroPoint, outputScale, outputZeroPoint, range } = options
  const isTflite = arithmetic === 'tflite'
  return requantizedSums({
    ...{ type, range, centre: inputZeroPoint },
    // The xnnpack arithmetic adds the zero point before it rounds.
    offset: isTflite ? outputZeroPoint : 0,
    begin: (f, count) =>
      isTflite
        ? beginQuantizedMultiplier(f, meanMultiplier(inputScale / outputScale, count))
        : beginRoundedLine(f, meanFactor(options, count), outputZeroPoint),
  })
}
