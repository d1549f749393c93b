import { arctangent2 } from '../../math/arctangent.ts'

/** ATAN2 of float32, to be rounded to it: the angle of the point of a second and a first operand; as C's `atan2`. */
export const atan2Float32 = arctangent2
