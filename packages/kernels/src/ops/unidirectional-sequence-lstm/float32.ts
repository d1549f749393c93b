import { logistic } from '../../math/logistic.ts'
import type { Multiplicand, AddProducts } from '../../shared/multiplicand.ts'
import { mapped } from '../../shared/recurrent-activation.ts'
import type { Activate } from '../../shared/recurrent-activation.ts'
import { forEachStep } from '../../shared/sequence.ts'
import type { SequenceGeometry } from '../../shared/sequence.ts'
import { computeGate } from './gate.ts'
import type { GateName, LstmGate } from './gate.ts'

/** The matrix that makes the output of an LSTM from its cells. */
export interface LstmProjection {
  readonly hidden: Multiplicand
  readonly products: AddProducts
  /** One value for each output. */
  readonly bias: Float32Array
  /** Outputs are held within ± this; 0 for no limit. */
  readonly clip: number
}

/** Values inside an LSTM that integer versions of it need a range of: sums of gates before they are normalized, and what is projected. */
export type LstmInternal = GateName | 'hidden' | 'cellState'

/** What a float32 LSTM needs besides its tensors; its matrices are float32 or int8. */
export interface LstmFloat32Parameters {
  readonly sequence: SequenceGeometry
  readonly cells: number
  readonly outputs: number
  /** Vectors of a step with their lengths: the input, and where there is one an auxiliary input. */
  readonly inputs: readonly { readonly vector: Multiplicand; readonly length: number }[]
  /** The output of the step before. */
  readonly previous: Multiplicand
  /** Without an input gate, what is taken in is what is not kept: 1 - forget. */
  readonly gates: { readonly input?: LstmGate } & Readonly<Record<Exclude<GateName, 'input'>, LstmGate>>
  readonly activate: Activate
  /** Cells are held within ± this; 0 for no limit. */
  readonly cellClip: number
  readonly projection?: LstmProjection
  /** Where outputs lie in vectors that are longer, such as those of two directions. */
  readonly outputAt?: { readonly stride: number; readonly offset: number }
  /** Is shown values inside the operator after they are computed, views on live memory. */
  readonly observe?: (internal: LstmInternal, values: Float32Array) => void
}

/** The tensors of an LSTM. */
export interface LstmTensors {
  /** As many as there are vectors of a step, `[steps, batches, length]` or `[batches, steps, length]`. */
  readonly inputs: readonly Float32Array[]
  readonly output: Float32Array
  /** `[batches, outputs]`, the output of the last step, also of the run before. */
  readonly outputState: Float32Array
  /** `[batches, cells]` */
  readonly cellState: Float32Array
}

/**
 * LSTM over sequences in float32 (Hochreiter and Schmidhuber 1997; peepholes, projection and normalization as in TensorFlow
 * Lite's `LstmStepFloat`): `cell = forget · cell + input · new`, `output = projection(gate · activate(cell))`, every operation
 * rounded to float32.
 */
export function lstmFloat32(parameters: LstmFloat32Parameters): (tensors: LstmTensors) => void {
  const { sequence, cells, outputs, inputs, previous } = parameters
  const { stride, offset } = parameters.outputAt ?? { stride: outputs, offset: 0 }
  const step = lstmStep(parameters)
  const [cell, result] = [new Float32Array(cells), new Float32Array(outputs)]
  return (tensors) => {
    forEachStep(sequence, (position, batch) => {
      inputs.forEach(({ vector, length }, at) => vector.take(tensors.inputs[at]!, position * length))
      previous.take(tensors.outputState, batch * outputs)
      cell.set(tensors.cellState.subarray(batch * cells, (batch + 1) * cells))
      step(cell, result)
      tensors.cellState.set(cell, batch * cells)
      tensors.outputState.set(result, batch * outputs)
      tensors.output.set(result, position * stride + offset)
    })
  }
}

/** One step from vectors that have been taken: changes the cells and fills the outputs. */
function lstmStep({ cells, gates, activate, cellClip, projection, observe }: LstmFloat32Parameters) {
  const sigmoid = mapped(logistic)
  const gateOf = (name: GateName, activation: Activate) => {
    const gate = gates[name]
    const show = observe === undefined ? undefined : (sums: Float32Array): void => observe(name, sums)
    return gate === undefined ? undefined : computeGate(gate, activation, show)
  }
  const computeInput = gateOf('input', sigmoid)
  const [computeForget, computeNew, computeOutput] = [
    gateOf('forget', sigmoid)!,
    gateOf('cell', activate)!,
    gateOf('output', sigmoid)!,
  ]
  const [taken, kept, added, shown] = Array.from({ length: 4 }, () => new Float32Array(cells)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  const hidden = new Float32Array(cells)
  return (cell: Float32Array, result: Float32Array): void => {
    computeInput?.(cell, taken)
    computeForget(cell, kept)
    computeNew(cell, added)
    if (computeInput === undefined) for (let at = 0; at < cells; at++) taken[at] = 1 - kept[at]!
    for (let at = 0; at < cells; at++)
      cell[at] = Math.fround(kept[at]! * cell[at]!) + Math.fround(added[at]! * taken[at]!)
    clip(cell, cellClip)
    observe?.('cellState', cell)
    computeOutput(cell, shown)
    hidden.set(cell)
    activate(hidden)
    for (let at = 0; at < cells; at++) hidden[at]! *= shown[at]!
    observe?.('hidden', hidden)
    if (projection === undefined) result.set(hidden)
    else project(projection, hidden, result)
  }
}

function project(
  { hidden, products, bias, clip: limit }: LstmProjection,
  values: Float32Array,
  result: Float32Array,
): void {
  hidden.take(values, 0)
  result.set(bias)
  products(result)
  clip(result, limit)
}

function clip(values: Float32Array, limit: number): void {
  if (limit === 0) return
  for (let at = 0; at < values.length; at++) values[at] = Math.min(limit, Math.max(-limit, values[at]!))
}
