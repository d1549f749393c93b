import { roundHalfToEven } from '@quantrx/core'
import { mapElements } from '../../shared/elements.ts'

/** ROUND: the nearest integer, halves to the even one. */
export const roundElements = mapElements(roundHalfToEven)
