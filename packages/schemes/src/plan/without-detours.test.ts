import type { BuiltinOperator, BuiltinOptions } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { addOptions, exampleCalibration, modelBuilder } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { int8 } from '../schemes/int8.ts'

const reason = 'it has no weights, and prepares the input of operators that stay float'
const denseOptions: BuiltinOptions = {
  ...{ kind: 'FullyConnectedOptions', fusedActivationFunction: 'NONE', weightsFormat: 'DEFAULT' },
  ...{ keepNumDims: false, asymmetricQuantizeInputs: false, quantizedBiasType: 'FLOAT32' },
}

/** A model of operators on four values: each takes those that it names, and is known by what comes before the colon. */
function floatOf(outputs: readonly string[], ...graph: readonly string[]): Readonly<Record<string, string>> {
  const { add, tensor, constant, finish } = modelBuilder()
  const known = new Map([['input', tensor('input', [1, 4])]])
  for (const line of graph) {
    const [name, kind, ...operands] = line.split(/[: ]+/) as [string, BuiltinOperator, ...string[]]
    const inputs = operands.map((operand) => known.get(operand)!)
    if (kind === 'FULLY_CONNECTED') inputs.push(constant(`${name} weights`, [4, 4]), -1)
    const options = kind === 'FULLY_CONNECTED' ? denseOptions : kind === 'ADD' ? addOptions : undefined
    const [shape, type] = kind === 'SHAPE' ? ([[2], 'INT32'] as const) : ([[1, 4], 'FLOAT32'] as const)
    known.set(name, add(kind, inputs, name, shape, options, type))
  }
  const model = finish(
    [0],
    outputs.map((name) => known.get(name)!),
  )
  const { floatOperators } = quantizeModel(model, exampleCalibration(model), int8())
  return Object.fromEntries(
    floatOperators.map(({ index, reason: why }) => [graph[index]!.split(':')[0], why]),
  )
}

const cosine = 'COS has no integer form here'

it('leaves everything float that leads to an operator without integer form, back to what has weights', () => {
  expect(
    floatOf(
      ['end'],
      ...['dense: FULLY_CONNECTED input', 'large: ABS dense', 'sum: ADD large dense', 'turned: COS sum'],
      'end: FULLY_CONNECTED turned',
    ),
  ).toEqual({ large: reason, sum: reason, turned: cosine })
})

it('makes integers of what others use, too, and of outputs', () => {
  expect(
    floatOf(
      ['end', 'shown'],
      ...['used: ABS input', 'turned: COS used', 'end: FULLY_CONNECTED used', 'shown: ABS end'],
      ...['further: COS shown', 'unused: ABS input'],
    ),
  ).toEqual({ turned: cosine, further: cosine })
})

it('asks for the shape of a float operand as it is', () => {
  const lines = ['large: ABS input', 'shape: SHAPE large', 'turned: COS large', 'end: FULLY_CONNECTED turned']
  expect(floatOf(['end', 'shape'], ...lines)).toEqual({ large: reason, turned: cosine })
})

it('quantizes what has no weights where nothing else has any', () => {
  expect(floatOf(['turned'], 'large: ABS input', 'turned: COS large')).toEqual({ turned: cosine })
})
