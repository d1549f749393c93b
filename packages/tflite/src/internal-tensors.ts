import type { SubGraph } from './types.ts'

/** How many intermediate tensors an LSTM has: the sums of its four gates, and what is projected. */
export const lstmInternals = 5

/**
 * Index by which a value inside an operator goes in a calibration: that of the intermediate tensor which the file has for it;
 * where it has none, a number behind all tensors, the same in every model in which tensors have these places.
 *
 * @param operator Position of the operator.
 * @param position Position among its intermediate tensors, below {@link lstmInternals}.
 */
export function internalTensorIndex(
  { tensors = [], operators = [] }: SubGraph,
  operator: number,
  position: number,
): number {
  const { intermediates = [], outputs = [] } = operators[operator] ?? {}
  return intermediates[position] ?? tensors.length + lstmInternals * (outputs[0] ?? 0) + position
}
