import { sameShape } from '@quantrx/core'
import type { Shape, TensorData } from '@quantrx/core'
import type { CheckedOperator } from '../check-subgraph.ts'
import type { OperatorContext, RuntimeTensor, Step } from '../operator.ts'
import { RunTimeValueError } from '../shared/operands.ts'
import { outputShapesOf } from '../shapes/output-shapes.ts'
import { shapeTensor } from './set-tensor.ts'

/** What a prepared step was prepared for. */
interface Prepared {
  readonly step: Step
  readonly inputs: readonly { readonly shape: Shape; readonly data: TensorData }[]
}

/**
 * The step of an operator whose shapes are known only when it runs: it is prepared again whenever the shape of an input has
 * changed, and every time where values decide the shapes of its outputs.
 */
export function dynamicStep({ implementation, context }: CheckedOperator): Step {
  if (implementation.sizesOutputs === true) return implementation.prepare(context)
  let prepared: Prepared | undefined
  // Found out once: errors are slow to make, and what asks for values asks for them every time.
  let byValue = false
  return () => {
    if (prepared === undefined || byValue || !fits(prepared, context)) prepared = prepare()
    prepared.step()
  }

  function prepare(): Prepared {
    if (byValue) return { step: sized(withKnownInputs(context)), inputs: [] }
    const inputs = context.inputs.flatMap((input) => (input === undefined ? [] : [input]))
    const seen = inputs.map(({ shape, data }) => ({ shape, data }))
    try {
      return { step: sized(context), inputs: seen }
    } catch (error) {
      if (!(error instanceof RunTimeValueError)) throw error
      byValue = true
      return prepare()
    }
  }

  function sized(known: OperatorContext): Step {
    const shapes = outputShapesOf(implementation, known)
    // An output too many is left as it is: `prepare` refuses it.
    context.outputs.forEach((output, at) => shapeTensor(output, shapes[at] ?? output.shape))
    return implementation.prepare(known)
  }
}

function fits({ inputs }: Prepared, context: OperatorContext): boolean {
  const now = context.inputs.flatMap((input) => (input === undefined ? [] : [input]))
  return now.every(({ shape, data }, at) => {
    const before = inputs[at]
    return before !== undefined && before.data === data && sameShape(before.shape, shape)
  })
}

/** When an operator runs, its inputs have values, as constants have; equal inputs stay equal. */
function withKnownInputs(context: OperatorContext): OperatorContext {
  const known = new Map<RuntimeTensor, RuntimeTensor>()
  const inputs = context.inputs.map((input) => {
    if (input === undefined) return undefined
    const constant = known.get(input) ?? { ...input, constant: true }
    known.set(input, constant)
    return constant
  })
  return { ...context, inputs }
}
