import { mapElements } from '../../shared/elements.ts'

/** SQRT in float32, correctly rounded; NaN below 0. */
export const sqrtFloat32 = mapElements(Math.sqrt)
