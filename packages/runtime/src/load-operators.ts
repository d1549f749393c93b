import { operatorKind, withBuiltinOperators } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { addCustomOperators } from './custom/known-custom-operators.ts'
import { addOperators, knownOperator } from './known-operators.ts'

/**
 * Loads what the operators of a model need. Those that most networks consist of are there from the start; the others are many, those
 * without generated code rare, custom ones even more so, and a page that does without them should not have to load them.
 */
export async function loadOperators(given: Model): Promise<void> {
  const model = withBuiltinOperators(given)
  const kinds = (model.subgraphs ?? []).flatMap(({ operators = [] }) =>
    operators.map((operator) => operatorKind(model, operator)),
  )
  const areKnown = (): boolean =>
    kinds.every((kind) => kind === 'CUSTOM' || knownOperator(kind) !== undefined)
  if (kinds.includes('CUSTOM')) addCustomOperators(await import('./custom/operators/index.ts'))
  if (!areKnown()) addOperators(await import('./operators-with-code.ts'))
  if (!areKnown()) addOperators(await import('./operators-without-code.ts'))
}
