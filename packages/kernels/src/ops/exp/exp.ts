import { exp } from '../../math/exp.ts'
import { mapElements } from '../../shared/elements.ts'
import { interpolatedStored } from '../../shared/interpolated-table.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'
import { transformStored } from '../../shared/transform-stored.ts'
import type { TransformOptions } from '../../shared/transform-stored.ts'

/** EXP in float32, computed in float64 and rounded once. */
export const expFloat32 = mapElements(exp)

/** EXP on one stored integer, through float32; LiteRT computes this in both arithmetics (spec 7.7). */
export const expStored = (options: Omit<TransformOptions, 'transform'>): StoredFunction =>
  options.outputType === 'int16'
    ? interpolatedStored({ ...options, transform: exp })
    : transformStored({ ...options, arithmetic: 'tflite', transform: (real) => Math.fround(exp(real)) })
