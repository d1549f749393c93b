import type { TensorType } from '@quantrx/tflite'
import type { StoredParameters } from '../plan/plan.ts'

/** A form in which a tensor of the source exists in the new model. */
export type Representation =
  | { readonly kind: 'source' }
  /** What a DEQUANTIZE makes of a stored constant: float32 again. */
  | { readonly kind: 'dequantized'; readonly parameters: StoredParameters }
  | { readonly kind: StoredParameters['type'] | 'uint8'; readonly parameters: StoredParameters }

/** The tensor as the source has it: float32 for activations and weights. */
export const asSource: Representation = { kind: 'source' }

/** The tensor as a plan wants it stored. */
export function asPlanned(parameters: StoredParameters | null): Representation {
  return parameters === null ? asSource : { kind: parameters.type, parameters }
}

/** The tensor as uint8, for inputs and outputs: the zero point moves with the integers. */
export function asUint8(parameters: StoredParameters): Representation {
  const zeroPoints = parameters.zeroPoints.map((zeroPoint) => zeroPoint + 128)
  return { kind: 'uint8', parameters: { ...parameters, zeroPoints } }
}

/** Type of a tensor in a form other than that of the source. */
export function tensorTypeOf(kind: Exclude<Representation['kind'], 'source'>): TensorType {
  return kind === 'dequantized' ? 'FLOAT32' : (kind.toUpperCase() as Uppercase<typeof kind>)
}

/** True for forms that are the same; what is absent counts as its default. */
export function sameRepresentation(a: Representation, b: Representation): boolean {
  if (a === b) return true
  if (a.kind !== b.kind || a.kind === 'source' || b.kind === 'source') return a.kind === b.kind
  const [one, other] = [a.parameters, b.parameters]
  return (
    one.type === other.type &&
    one.axis === other.axis &&
    (one.narrow ?? false) === (other.narrow ?? false) &&
    (one.rounding ?? 'nearest') === (other.rounding ?? 'nearest') &&
    (one.blockSize ?? 0) === (other.blockSize ?? 0) &&
    sameNumbers(one.scales, other.scales) &&
    sameNumbers(one.zeroPoints, other.zeroPoints)
  )
}

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a === b || (a.length === b.length && a.every((value, at) => value === b[at]))
