import { UnsupportedError } from '@quantrx/core'
import { operatorCode, operatorKind } from '@quantrx/tflite'
import type { BuiltinOperator, Model, Operator } from '@quantrx/tflite'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { knownOperator } from '../known-operators.ts'
import { knownCustomNames, knownCustomOperator } from './known-custom-operators.ts'
import type { CustomOperator, CustomOperatorContext, CustomOperators } from './custom-operator.ts'

/**
 * What runs an operator of a model: for a custom one what is registered under its name, or what comes with the package and is
 * loaded.
 *
 * @throws UnsupportedError naming the operator, and what to do, where nothing does.
 */
export function implementationFor(
  model: Model,
  operator: Operator,
  index: number,
  registered: CustomOperators,
): OperatorImplementation {
  const kind = operatorKind(model, operator)
  const known = knownOperator(kind)
  if (known !== undefined) return known
  const name = kind === 'CUSTOM' ? (operatorCode(model, operator)?.customCode ?? '') : undefined
  if (name === undefined) throw unsupported(index, kind)
  const custom = Object.hasOwn(registered, name) ? registered[name] : knownCustomOperator(name)
  if (custom === undefined) throw unregistered(index, name, Object.keys(registered))
  return customImplementation(name, operator, custom)
}

/** Whether there is anything that runs an operator of a model. */
export function hasImplementation(model: Model, operator: Operator, registered: CustomOperators): boolean {
  const kind = operatorKind(model, operator)
  if (kind !== 'CUSTOM') return knownOperator(kind) !== undefined
  const name = operatorCode(model, operator)?.customCode ?? ''
  return Object.hasOwn(registered, name) || knownCustomOperator(name) !== undefined
}

function customImplementation(
  name: string,
  { customOptions = new Uint8Array() }: Operator,
  custom: CustomOperator,
): OperatorImplementation {
  const contextOf = ({ inputs, outputs, arithmetic }: OperatorContext): CustomOperatorContext => {
    return { name, options: customOptions, inputs, outputs, arithmetic }
  }
  return {
    kind: 'CUSTOM',
    supports: ['whatever its implementation does'],
    effects: true,
    outputShapes: (context) =>
      custom.outputShapes?.(contextOf(context)) ?? context.outputs.map(({ shape }) => shape),
    prepare: (context) => custom.prepare(contextOf(context)),
  }
}

function unsupported(index: number, kind: BuiltinOperator | string): UnsupportedError {
  return new UnsupportedError({
    stage: 'runtime',
    subject: `operators[${index}]`,
    found: `operator ${kind}`,
    expected: 'one of those that supportedOperators() lists',
    nextStep: 'Remove the operator from the model or split the model before it',
  })
}

function unregistered(index: number, name: string, registered: readonly string[]): UnsupportedError {
  return new UnsupportedError({
    stage: 'runtime',
    subject: `operators[${index}]`,
    found: `custom operator ${name}`,
    expected: `one of ${[...registered, ...knownCustomNames()].join(', ')}`,
    nextStep: `${originOf(name)}Register an implementation: compile(model, { customOperators: { ${JSON.stringify(name)}: { prepare } } }), or --custom-operators on the command line; or split the model before it`,
  })
}

/** What to do about custom operators that no one else will ever have an implementation of. */
function originOf(name: string): string {
  if (name === 'edgetpu-custom-op')
    return 'This is code for an Edge TPU: take the model that it was compiled from. '
  return name.startsWith('Flex')
    ? `This is TensorFlow's own ${name.slice(4)}: convert the model again without SELECT_TF_OPS. `
    : ''
}
