import { UnsupportedError } from '@quantrx/core'
import { centered, lstmInteger, quantizeMultiplier, splitBinary } from '@quantrx/kernels'
import type { GateName, IntegerGate, IntegerProducts, LstmIntegerParameters } from '@quantrx/kernels'
import type { OperatorContext, RuntimeTensor, Step } from '../operator.ts'
import { dataAs, integerData, outputAt, scaleOf } from '../shared/operands.ts'
import type { TensorScale } from '../shared/operands.ts'
import type { GateOperands, LstmOperands } from './lstm-operands.ts'
import { sequenceOf, shaped, stateOf, vectorsLike } from './operands.ts'
import { lstmSizes } from './prepare-lstm.ts'
import type { LstmOptions } from './prepare-lstm.ts'

const round = Math.fround
/** Sums of gates that are not normalized are numbers with 12 fraction bits. */
const gateScale = 2 ** -12
const gates: readonly GateName[] = ['input', 'forget', 'cell', 'output']
const hiddenIntermediate = 4

/** Scales that an integer LSTM computes with. */
interface LstmScales {
  readonly input: TensorScale
  readonly output: TensorScale
  readonly cell: number
  readonly hidden: TensorScale
}

/** An LSTM of int8 vectors with int16 cells; effective scales are formed in float32, as TensorFlow Lite does. */
export function prepareLstmInteger(
  context: OperatorContext,
  operands: LstmOperands,
  options: LstmOptions,
): Step {
  const { inputs, cells, outputs } = lstmSizes(operands)
  const { input, outputState, cellState } = operands
  const sequence = sequenceOf(context, input, options.timeMajor)
  const output = shaped(context, outputAt(context), vectorsLike(input, outputs))
  shaped(context, input, vectorsLike(input, inputs))
  const scales: LstmScales = {
    input: scaleOf(context, input),
    output: scaleOf(context, outputState),
    cell: scaleOf(context, cellState).scale,
    hidden: intermediateScale(context, hiddenIntermediate),
  }
  const gate = (name: GateName, gateOperands: GateOperands): IntegerGate =>
    integerGate(context, gateOperands, lstmSizes(operands), scales, name)
  const { input: taking, forget, cell, output: showing } = operands.gates
  const projection = integerProjection(context, operands, options, scales)
  const run = lstmInteger({
    ...{ sequence, inputs, cells, outputs },
    ...{ inputZeroPoint: scales.input.zeroPoint, outputZeroPoint: scales.output.zeroPoint },
    gates: {
      ...(taking === undefined ? {} : { input: gate('input', taking) }),
      ...{ forget: gate('forget', forget), cell: gate('cell', cell), output: gate('output', showing) },
    },
    cellExponent: cellExponent(context, cellState, scales.cell),
    cellClip: Math.trunc(Math.min(round(options.cellClip / scales.cell), 32767)),
    hidden: {
      rescale: quantizeMultiplier(round((2 ** -15 / scales.hidden.scale) * 2 ** -15)),
      zeroPoint: scales.hidden.zeroPoint,
    },
    ...(projection === undefined ? {} : { projection }),
  })
  const tensors = {
    input: dataAs(context, input, 'int8'),
    output: dataAs(context, output, 'int8'),
    outputState: dataAs(context, stateOf(context, outputState, sequence.batches * outputs), 'int8'),
    cellState: dataAs(context, stateOf(context, cellState, sequence.batches * cells), 'int16'),
  }
  return () => run(tensors)
}

/** Scale and zero point of a tensor inside the operator. */
function intermediateScale({ kind, intermediates }: OperatorContext, at: number): TensorScale {
  const { scales: [scale] = [], zeroPoints: [zeroPoint] = [] } = intermediates?.[at] ?? {}
  if (scale !== undefined && zeroPoint !== undefined && scale > 0) return { scale, zeroPoint }
  throw new UnsupportedError({
    stage: 'runtime',
    subject: kind,
    found: `intermediate tensor ${at} without a scale`,
    expected: 'five intermediate tensors with scales',
    nextStep: 'Quantize the model again, or keep this operator float',
  })
}

function integerGate(
  context: OperatorContext,
  { weights, recurrentWeights, peephole, bias, normalization }: GateOperands,
  { inputs, cells, outputs }: ReturnType<typeof lstmSizes>,
  { input, output, cell }: LstmScales,
  name: GateName,
): IntegerGate {
  const scale =
    normalization === undefined ? gateScale : intermediateScale(context, gates.indexOf(name)).scale
  const biases = dataAs(context, shaped(context, bias, [cells]), 'int32')
  const products = (matrix: RuntimeTensor, depth: number, vectorScale: number, first: Int32Array) => {
    const factor = round(round(scaleOf(context, matrix).scale * vectorScale) / scale)
    return integerProducts(context, shaped(context, matrix, [cells, depth]), factor, first)
  }
  const none = new Int32Array(cells)
  return {
    input: products(weights, inputs, input.scale, normalization === undefined ? biases : none),
    recurrent: products(recurrentWeights, outputs, output.scale, none),
    ...(peephole === undefined ? {} : { peephole: integerPeephole(context, peephole, cells, cell, scale) }),
    ...(normalization === undefined
      ? {}
      : { normalization: integerNormalization(context, normalization, biases) }),
  }
}

function integerProducts(
  context: OperatorContext,
  matrix: RuntimeTensor,
  factor: number,
  bias: Int32Array,
): IntegerProducts {
  dataAs(context, matrix, 'int8')
  const weights = centered(integerData(context, matrix), [])
  return { weights, bias, rescale: quantizeMultiplier(factor) }
}

function integerPeephole(
  context: OperatorContext,
  tensor: RuntimeTensor,
  cells: number,
  cellScale: number,
  scale: number,
): NonNullable<IntegerGate['peephole']> {
  const weights = dataAs(context, shaped(context, tensor, [cells]), 'int16')
  const rescale = quantizeMultiplier(round((cellScale * scaleOf(context, tensor).scale) / scale))
  return { weights, rescale }
}

function integerNormalization(
  context: OperatorContext,
  tensor: RuntimeTensor,
  bias: Int32Array,
): NonNullable<IntegerGate['normalization']> {
  const { scale } = scaleOf(context, tensor)
  return {
    factors: dataAs(context, shaped(context, tensor, [bias.length]), 'int16'),
    ...{ bias, rescale: quantizeMultiplier(scale) },
    leastVariance: Math.max(1, Math.trunc(round(10_000 * scale))),
  }
}

function integerProjection(
  context: OperatorContext,
  operands: LstmOperands,
  { projClip }: LstmOptions,
  { hidden, output }: LstmScales,
): LstmIntegerParameters['projection'] {
  const { cells, outputs } = lstmSizes(operands)
  const { projectionWeights, projectionBias } = operands
  if (projectionWeights === undefined) return undefined
  const matrix = shaped(context, projectionWeights, [outputs, cells])
  const factor = round(round(scaleOf(context, matrix).scale * hidden.scale) / output.scale)
  const bias =
    projectionBias === undefined
      ? new Int32Array(outputs)
      : dataAs(context, shaped(context, projectionBias, [outputs]), 'int32')
  const products = integerProducts(context, matrix, factor, bias)
  const clip = Math.trunc(Math.min(round(projClip / scaleOf(context, outputAt(context)).scale), 127))
  // Hidden values come with their zero point subtracted, and saturated so; the bias adds it again.
  const withZeroPoint = products.bias.map((value, row) => {
    const weights = products.weights.subarray(row * cells, (row + 1) * cells)
    return value + hidden.zeroPoint * weights.reduce((sum, weight) => sum + weight, 0)
  })
  return { ...products, bias: withZeroPoint, clip }
}

/** The exponent of a scale that is a power of two. */
function cellExponent({ kind }: OperatorContext, { name }: RuntimeTensor, scale: number): number {
  const { fraction, exponent } = splitBinary(scale)
  if (fraction === 0.5 && exponent > -15 && exponent <= -8) return exponent - 1
  throw new UnsupportedError({
    stage: 'runtime',
    subject: `${kind}, tensor ${name}`,
    found: `cells of scale ${scale}`,
    expected: 'a power of two from 2^-15 to 2^-9',
    nextStep: 'Quantize the model again, or keep this operator float',
  })
}
