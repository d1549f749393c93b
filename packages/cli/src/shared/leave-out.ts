import { leftOutOperators } from '@quantrx/runtime/run'
import type { LeftOutOperator } from '@quantrx/runtime/run'
import { keepFloat } from '@quantrx/schemes'
import type { Scheme } from '@quantrx/schemes'
import type { Model } from '@quantrx/tflite'
import type { Environment } from '../environment.ts'
import { customOperatorsOf } from './custom-operators-option.ts'
import type { CustomOperatorsOption } from './custom-operators-option.ts'
import type { RunChoices } from './run-options.ts'

/** A scheme, and how the model is run that it is for. */
export interface SchemeOfRunnable {
  readonly scheme: Scheme
  readonly unsupportedOperators?: NonNullable<RunChoices['unsupportedOperators']>
}

/**
 * Has a scheme leave float what cannot be calibrated, since operators do not run here, and says so; where that is everything, the
 * scheme stays as it is, and running the model will say why it cannot.
 */
export async function leaveOutUnsupported(
  { stderr }: Environment,
  model: Model,
  scheme: Scheme,
  options: CustomOperatorsOption,
): Promise<SchemeOfRunnable> {
  if (!scheme.needsCalibration) return { scheme }
  const leftOut = await leftOutOperators(model, await customOperatorsOf(options))
  const remaining = (model.subgraphs ?? []).reduce(
    (count, { operators = [] }) => count + operators.length,
    -leftOut.length,
  )
  const narrower = leftOut.length === 0 || remaining === 0 ? undefined : keepFloat(scheme, leftOut)
  if (narrower === undefined) return { scheme }
  stderr(`quantrx: ${describe(leftOut)}\n`)
  return { scheme: narrower, unsupportedOperators: 'leave-out' }
}

function describe(leftOut: readonly LeftOutOperator[]): string {
  const [{ index, kind, reason }] = leftOut as [LeftOutOperator]
  const others = leftOut.length - 1
  const float = others === 0 ? 'it stays float' : `it and ${others} more operators stay float`
  return `operators[${index}] (${kind}) does not run, for ${reason}: ${float}`
}
