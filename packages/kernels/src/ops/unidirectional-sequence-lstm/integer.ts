import {
  multiplyByQuantizedMultiplier,
  roundingDivideByPowerOfTwo as divideByPowerOfTwo,
} from '../../arithmetic/fixed-point.ts'
import type { QuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import { logisticTable, tanhTable } from '../../math/gemmlowp16.ts'
import { multiplyInt32 } from '../../shared/matrix-vector.ts'
import { forEachStep } from '../../shared/sequence.ts'
import type { SequenceGeometry } from '../../shared/sequence.ts'
import type { GateName } from './gate.ts'
import { clamp16, computeIntegerGate } from './integer-gate.ts'
import type { IntegerGate, IntegerProducts } from './integer-gate.ts'

/** What an int8 LSTM needs besides its tensors. */
export interface LstmIntegerParameters {
  readonly sequence: SequenceGeometry
  readonly inputs: number
  readonly cells: number
  readonly outputs: number
  readonly inputZeroPoint: number
  readonly outputZeroPoint: number
  /** Without an input gate, what is taken in is what is not kept. */
  readonly gates: { readonly input?: IntegerGate } & Readonly<Record<Exclude<GateName, 'input'>, IntegerGate>>
  /** The scale of cells is 2 to the power of this, -15 to -9. */
  readonly cellExponent: number
  /** Stored cells are held within ± this; 0 for no limit. */
  readonly cellClip: number
  /** From `gate · tanh(cell)`, with 30 fraction bits, to what is projected or put out. */
  readonly hidden: { readonly rescale: QuantizedMultiplier; readonly zeroPoint: number }
  /** Its bias makes up for the zero point of what is projected, which is saturated after the zero point is subtracted. */
  readonly projection?: IntegerProducts & {
    /** Stored outputs are held within ± this; 0 for no limit. */
    readonly clip: number
  }
}

/** The tensors of an int8 LSTM; states are `[batches, outputs]` and `[batches, cells]`. */
export interface LstmIntegerTensors {
  readonly input: Int8Array
  readonly output: Int8Array
  readonly outputState: Int8Array
  readonly cellState: Int16Array
}

/**
 * LSTM over sequences of int8 vectors with int16 gates and cells, in fixed point throughout (`LstmStepInteger8x8_16` of
 * TensorFlow Lite): gates are Q0 of Q3 sums, cells have a scale that is a power of two.
 */
export function lstmInteger(parameters: LstmIntegerParameters): (tensors: LstmIntegerTensors) => void {
  const { sequence, inputs, cells, outputs, inputZeroPoint, outputZeroPoint } = parameters
  const [input, previous, cell] = [inputs, outputs, cells].map((length) => new Int16Array(length)) as [
    Int16Array,
    Int16Array,
    Int16Array,
  ]
  const step = lstmStep(parameters)
  const result = new Int8Array(outputs)
  return (tensors) => {
    forEachStep(sequence, (position, batch) => {
      for (let at = 0; at < inputs; at++) input[at] = tensors.input[position * inputs + at]! - inputZeroPoint
      for (let at = 0; at < outputs; at++)
        previous[at] = tensors.outputState[batch * outputs + at]! - outputZeroPoint
      cell.set(tensors.cellState.subarray(batch * cells, (batch + 1) * cells))
      step({ input, previous, cell }, result)
      tensors.cellState.set(cell, batch * cells)
      tensors.outputState.set(result, batch * outputs)
      tensors.output.set(result, position * outputs)
    })
  }
}

/** One step: changes the cells and fills the outputs. */
function lstmStep(parameters: LstmIntegerParameters) {
  const { cells, gates, cellExponent, cellClip } = parameters
  const logistic = logisticTable()
  const computeInput = gates.input === undefined ? undefined : computeIntegerGate(gates.input, logistic)
  const computeForget = computeIntegerGate(gates.forget, logistic)
  const computeNew = computeIntegerGate(gates.cell, tanhTable(3))
  const computeOutput = computeIntegerGate(gates.output, logistic)
  const putOut = outputOf(parameters)
  const [taken, kept, added, shown] = Array.from({ length: 4 }, () => new Int16Array(cells)) as [
    Int16Array,
    Int16Array,
    Int16Array,
    Int16Array,
  ]
  return (vectors: Parameters<typeof computeNew>[0], result: Int8Array): void => {
    computeInput?.(vectors, taken)
    computeForget(vectors, kept)
    computeNew(vectors, added)
    if (computeInput === undefined) for (let at = 0; at < cells; at++) taken[at] = 32767 - kept[at]!
    const { cell } = vectors
    for (let at = 0; at < cells; at++) {
      const old = divideByPowerOfTwo(kept[at]! * cell[at]!, 15)
      const fresh = divideByPowerOfTwo(taken[at]! * added[at]!, 30 + cellExponent)
      const sum = clamp16(wrap16(old) + wrap16(fresh))
      cell[at] = cellClip === 0 ? sum : Math.min(cellClip, Math.max(-cellClip, sum))
    }
    computeOutput(vectors, shown)
    putOut(cell, shown, result)
  }
}

/** What a step puts out, from its cells and its output gate. */
function outputOf(parameters: LstmIntegerParameters) {
  const { cells, outputs, cellExponent, hidden, projection, outputZeroPoint } = parameters
  const tanh = tanhTable(15 + cellExponent)
  const { multiplier, shift } = hidden.rescale
  const values = new Int16Array(cells)
  const accumulators = new Int32Array(outputs)
  // What is projected has its zero point subtracted, and is saturated so.
  const zeroPoint = projection === undefined ? hidden.zeroPoint : -hidden.zeroPoint
  return (cell: Int16Array, shown: Int16Array, result: Int8Array): void => {
    for (let at = 0; at < cells; at++) {
      const product = shown[at]! * tanh[cell[at]! + 32768]!
      values[at] = clamp8(multiplyByQuantizedMultiplier(product, multiplier, shift) + zeroPoint)
    }
    if (projection === undefined) {
      result.set(values)
      return
    }
    const { weights, bias, rescale, clip } = projection
    multiplyInt32(values, 0, cells, weights, bias, 0, outputs, accumulators)
    for (let at = 0; at < outputs; at++) {
      const value = multiplyByQuantizedMultiplier(accumulators[at]!, rescale.multiplier, rescale.shift)
      const stored = clamp8(value + outputZeroPoint)
      result[at] = clip === 0 ? stored : Math.min(clip, Math.max(-clip, stored))
    }
  }
}

const wrap16 = (value: number): number => (value << 16) >> 16
const clamp8 = (value: number): number => (value > 127 ? 127 : value < -128 ? -128 : value)
