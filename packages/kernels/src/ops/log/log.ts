import { integerLimits } from '@quantrx/core'
import { log } from '../../math/log.ts'
import { mapElements } from '../../shared/elements.ts'
import { interpolatedStored } from '../../shared/interpolated-table.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'
import { transformStored } from '../../shared/transform-stored.ts'
import type { TransformOptions } from '../../shared/transform-stored.ts'

/** LOG in float32, computed in float64 and rounded once; -Infinity at 0 and NaN below. */
export const logFloat32 = mapElements(log)

/** LOG on one stored integer, through float32; LiteRT computes this in both arithmetics (spec 7.7). 0 and what is below give the smallest output. */
export function logStored(options: Omit<TransformOptions, 'transform'>): StoredFunction {
  const { scale, zeroPoint } = options.output
  const smallest = Math.fround((integerLimits[options.outputType].min - zeroPoint) * scale)
  if (options.outputType === 'int16') {
    return interpolatedStored({ ...options, transform: (real) => (real > 0 ? log(real) : smallest) })
  }
  return transformStored({
    ...options,
    arithmetic: 'tflite',
    transform: (real) => (real > 0 ? Math.fround(log(real)) : smallest),
  })
}
