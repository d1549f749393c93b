import { operatorKind } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { addCustomOperators } from './custom/known-custom-operators.ts'
import { addOperators, knownOperator } from './known-operators.ts'

/**
 * Loads what the operators of a model need. Those with generated code are there from the start; the others are many and rare, custom
 * ones even more so, and a page that does without them should not have to load them.
 */
export async function loadOperators(model: Model): Promise<void> {
  const kinds = (model.subgraphs ?? []).flatMap(({ operators = [] }) =>
    operators.map((operator) => operatorKind(model, operator)),
  )
  if (kinds.includes('CUSTOM')) addCustomOperators(await import('./custom/operators/index.ts'))
  if (kinds.every((kind) => kind === 'CUSTOM' || knownOperator(kind) !== undefined)) return
  addOperators(await import('./operators-without-code.ts'))
}
