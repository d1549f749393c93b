import { complementaryErrorFunction } from '../../math/error-function.ts'
import { tanh } from '../../math/tanh.ts'
import { mapElements } from '../../shared/elements.ts'
import type { ElementsMap } from '../../shared/elements.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'
import { transformStored } from '../../shared/transform-stored.ts'
import type { TransformOptions } from '../../shared/transform-stored.ts'

const f = Math.fround

/** How GELU is computed: by the error function, or by a hyperbolic tangent that comes close to it. */
export interface GeluOptions {
  readonly approximate: boolean
}

/** GELU in float32: `x / 2 * erfc(-x / sqrt(2))`, or its approximation; computed in float64 and rounded once. */
export const geluFloat32 = ({ approximate }: GeluOptions): ElementsMap<number> =>
  mapElements(approximate ? approximateGelu : exactGelu)

/**
 * GELU on one stored integer, through float32 with a rounding at each step, as TensorFlow Lite fills its table (spec 7.7);
 * LiteRT computes this in both arithmetics.
 */
export const geluStored = (options: Omit<TransformOptions, 'transform'> & GeluOptions): StoredFunction =>
  transformStored({
    ...options,
    arithmetic: 'tflite',
    transform: options.approximate ? roundedApproximateGelu : roundedGelu,
  })

const rootOfTwoOverPi = 0.7978845608028654
const cubicCoefficient = 0.044715

function exactGelu(x: number): number {
  return x === -Infinity ? -0 : (x / 2) * complementaryErrorFunction(-x * Math.SQRT1_2)
}

function approximateGelu(x: number): number {
  return x === -Infinity ? -0 : (x / 2) * (1 + tanh(rootOfTwoOverPi * (x + cubicCoefficient * x * x * x)))
}

const roundedGelu = (x: number): number =>
  f(f(x / 2) * f(complementaryErrorFunction(f(x * f(-Math.SQRT1_2)))))

function roundedApproximateGelu(x: number): number {
  const cubic = f(f(f(f(cubicCoefficient) * x) * x) * x)
  const growth = f(1 + f(tanh(f(f(rootOfTwoOverPi) * f(x + cubic)))))
  return f(f(x / 2) * growth)
}
