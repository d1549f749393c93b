import { operatorKind } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'

/** Kinds of operators whose results depend on more than their inputs. */
const reaching: ReadonlySet<string> = new Set(['VAR_HANDLE', 'READ_VARIABLE', 'ASSIGN_VARIABLE', 'CALL_ONCE'])

/**
 * True for models whose operators share state beside their tensors: resource variables, or a variable tensor that several
 * operators use. Algorithms that advance samples one operator at a time, as bias correction does, cannot take them.
 *
 * @example
 * const candidate = sharesState(model) ? plain : await correctBiases(plain, open)
 */
export function sharesState(model: Model): boolean {
  const { operators = [], tensors = [] } = model.subgraphs?.[0] ?? {}
  if (operators.some((operator) => reaching.has(operatorKind(model, operator)))) return true
  const users = new Set<number>()
  return operators.some(({ inputs = [] }) =>
    [...new Set(inputs)].some((index) => {
      if (tensors[index]?.isVariable !== true) return false
      const shared = users.has(index)
      users.add(index)
      return shared
    }),
  )
}
