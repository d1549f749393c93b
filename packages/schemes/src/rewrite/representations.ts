import type { StoredParameters } from '../plan/plan.ts'

/** A form in which a tensor of the source exists in the new model. */
export type Representation =
  | { readonly kind: 'source' }
  | { readonly kind: 'int8' | 'uint8' | 'int32'; readonly parameters: StoredParameters }

/** The tensor as the source has it: float32 for activations and weights. */
export const asSource: Representation = { kind: 'source' }

/** The tensor as a plan wants it. */
export function asPlanned(parameters: StoredParameters | null): Representation {
  return parameters === null ? asSource : { kind: parameters.type, parameters }
}

/** The tensor as uint8, for inputs and outputs: the zero point moves with the integers. */
export function asUint8(parameters: StoredParameters): Representation {
  const zeroPoints = parameters.zeroPoints.map((zeroPoint) => zeroPoint + 128)
  return { kind: 'uint8', parameters: { ...parameters, zeroPoints } }
}

/** Equal keys mean the same representation. */
export function representationKey(representation: Representation): string {
  if (representation.kind === 'source') return 'source'
  const { scales, zeroPoints, axis, narrow = false } = representation.parameters
  return `${representation.kind} ${narrow} ${axis} ${scales.join()} ${zeroPoints.join()}`
}
