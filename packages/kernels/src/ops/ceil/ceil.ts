import { mapElements } from '../../shared/elements.ts'

/** CEIL: the smallest integer that is not below the value. */
export const ceilElements = mapElements(Math.ceil)
