import { mapElements } from '../../shared/elements.ts'

/** SQUARE in float32, rounded once. */
export const squareFloat32 = mapElements((value: number) => value * value)
