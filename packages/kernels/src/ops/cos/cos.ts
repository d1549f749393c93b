import { cosine } from '../../math/sine.ts'
import { mapElements } from '../../shared/elements.ts'

/** COS of radians in float32, computed in float64 and rounded once. */
export const cosFloat32 = mapElements(cosine)
