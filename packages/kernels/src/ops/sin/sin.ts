import { sine } from '../../math/sine.ts'
import { mapElements } from '../../shared/elements.ts'

/** SIN of radians in float32, computed in float64 and rounded once. */
export const sinFloat32 = mapElements(sine)
