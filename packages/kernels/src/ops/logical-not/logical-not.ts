import { mapElements } from '../../shared/elements.ts'

/** LOGICAL_NOT of booleans, stored as 0 and 1. */
export const logicalNotElements = mapElements<number>((value) => (value === 0 ? 1 : 0))
