import { mapElements } from '../../shared/elements.ts'

/** FLOOR: the largest integer that is not above the value. */
export const floorElements = mapElements(Math.floor)
