import type { AddProducts, Multiplicand } from '../../shared/multiplicand.ts'
import type { Activate } from '../../shared/recurrent-activation.ts'
import { forEachStep } from '../../shared/sequence.ts'
import type { SequenceGeometry } from '../../shared/sequence.ts'

/** What a simple recurrent network needs besides its tensors. */
export interface RecurrentParameters {
  readonly sequence: SequenceGeometry
  readonly units: number
  /** Vectors of a step with their lengths: the input, and where there is one an auxiliary input. */
  readonly inputs: readonly { readonly vector: Multiplicand; readonly length: number }[]
  /** The output of the step before. */
  readonly previous: Multiplicand
  /** Products with the inputs and the output of the step before. */
  readonly products: readonly AddProducts[]
  /** One value for each unit. */
  readonly bias: Float32Array
  readonly activate: Activate
  /** Where outputs lie in vectors that are longer, such as those of two directions. */
  readonly outputAt?: { readonly stride: number; readonly offset: number }
}

/** The tensors of a simple recurrent network. */
export interface RecurrentTensors {
  /** As many as there are vectors of a step, `[steps, batches, length]` or `[batches, steps, length]`. */
  readonly inputs: readonly Float32Array[]
  readonly output: Float32Array
  /** `[batches, units]`, the output of the last step, also of the run before. */
  readonly state: Float32Array
}

/** A simple recurrent network (Elman 1990) in float32: `state = activate(bias + weights · input + recurrent · state)`. */
export function recurrentFloat32(parameters: RecurrentParameters): (tensors: RecurrentTensors) => void {
  const { sequence, units, inputs, previous, products, bias, activate } = parameters
  const { stride, offset } = parameters.outputAt ?? { stride: units, offset: 0 }
  const result = new Float32Array(units)
  return (tensors) => {
    forEachStep(sequence, (position, batch) => {
      inputs.forEach(({ vector, length }, at) => vector.take(tensors.inputs[at]!, position * length))
      previous.take(tensors.state, batch * units)
      result.set(bias)
      for (const add of products) add(result)
      activate(result)
      tensors.state.set(result, batch * units)
      tensors.output.set(result, position * stride + offset)
    })
  }
}
