import { mapElements } from '../../shared/elements.ts'

/** SIGN: -1, 0 or 1; NaN stays NaN. */
export const signElements = mapElements(Math.sign)
