import { ShapeError, UnsupportedError, elementCount, formatShape } from '@quantrx/core'
import {
  activationRange,
  fullyConnectedBlockwise,
  fullyConnectedFloat32,
  fullyConnectedHybrid,
  fullyConnectedInteger,
  requantizer,
  roundToBfloat16,
  wideFloatRequantizer,
  wideRequantizer,
} from '@quantrx/kernels'
import type { BatchQuantization, FullyConnectedGeometry } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation, RuntimeTensor, Step } from '../operator.ts'
import { generatePointwise } from '../shared/generate-convolution.ts'
import { generateHybridMatrix, isHybrid } from '../shared/generate-hybrid.ts'
import { dataAs, inputAt, integerData, outputAt } from '../shared/operands.ts'
import {
  floatBias,
  hybridWeights,
  integerWeights,
  weightedKind,
  weightedSupports,
  wideWeights,
} from '../shared/weights.ts'
import type { WeightedOperator } from '../shared/weights.ts'
import { fullyConnectedShapes } from '../shapes/windows.ts'

/** FULLY_CONNECTED on vectors in the last dimension; all other dimensions count rows. */
export const fullyConnected: OperatorImplementation<'FULLY_CONNECTED'> = {
  kind: 'FULLY_CONNECTED',
  atHand: true,
  supports: weightedSupports,
  outputShapes: fullyConnectedShapes,
  prepare(context) {
    const { operator, geometry } = checkedOperator(context)
    return prepareFullyConnected(operator, geometry)
  },
  generate(context, options) {
    const { operator, geometry } = checkedOperator(context)
    return isHybrid(operator)
      ? generateHybridMatrix(operator, geometry, inputQuantizationOf(context), options)
      : generatePointwise(operator, geometry, options)
  },
  divides: true,
}

function checkedOperator(context: OperatorContext<'FULLY_CONNECTED'>): {
  readonly operator: WeightedOperator
  readonly geometry: FullyConnectedGeometry
} {
  const { fusedActivationFunction: activation, weightsFormat } = context.options
  const [input, weights] = [inputAt(context, 0), inputAt(context, 1)]
  if (weightsFormat !== 'DEFAULT') throw shuffledWeights(weightsFormat)
  const geometry = fullyConnectedGeometry(context, input, weights)
  const bias = context.inputs[2]
  return { operator: { context, input, weights, bias, channels: geometry.units, activation }, geometry }
}

function prepareFullyConnected(operator: WeightedOperator, geometry: FullyConnectedGeometry): Step {
  const { context, input, weights: stored, activation } = operator
  const output = outputAt(context)
  const kind = weightedKind(operator)
  if (kind === 'integer') {
    const [from, to] = [integerData(context, input), integerData(context, output)]
    const { requantization, ...integers } = integerWeights(operator)
    const run = fullyConnectedInteger({ geometry, ...integers, requantize: requantizer(requantization) })
    return () => run(from, to)
  }
  if (kind === 'wide') {
    const [from, to] = [integerData(context, input), integerData(context, output)]
    const { requantization, ...integers } = wideWeights(operator)
    const requantizerOf = context.arithmetic === 'tflite' ? wideRequantizer : wideFloatRequantizer
    const run = fullyConnectedInteger({ geometry, ...integers, requantize: requantizerOf(requantization) })
    return () => run(from, to)
  }
  const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
  const [bias, range] = [floatBias(operator), activationRange(activation)]
  if (kind === 'float32') {
    const weights = dataAs(context, stored, 'float32')
    const run = fullyConnectedFloat32({ arithmetic: context.arithmetic, geometry, bias, range })
    return () => run(from, weights, to)
  }
  const scaling = { bias, range, inputQuantization: inputQuantizationOf(context) } as const
  const { blocks } = stored
  if (blocks !== undefined) {
    const weights = dataAs(context, stored, 'int8')
    const blockScales = context.arithmetic === 'xnnpack' ? roundToBfloat16(blocks.scales) : blocks.scales
    const blockwise = { blockSize: blocks.size, blockScales }
    const run = fullyConnectedBlockwise({ geometry, weights, ...blockwise, scaling })
    return () => run(from, to)
  }
  const { weights, filterScales } = hybridWeights(operator)
  const run = fullyConnectedHybrid({ geometry, weights, scaling: { filterScales, ...scaling } })
  return () => run(from, to)
}

/** XNNPACK does not know symmetric inputs. */
function inputQuantizationOf(context: OperatorContext): BatchQuantization {
  const { asymmetricQuantizeInputs } = (context as OperatorContext<'FULLY_CONNECTED'>).options
  return asymmetricQuantizeInputs || context.arithmetic === 'xnnpack' ? 'asymmetric' : 'symmetric'
}

function fullyConnectedGeometry(
  context: OperatorContext<'FULLY_CONNECTED'>,
  { shape }: RuntimeTensor,
  { shape: weightShape }: RuntimeTensor,
): FullyConnectedGeometry {
  const [units = 0, depth = 0] = weightShape
  const rows = elementCount(shape) / depth
  const outputs = outputAt(context).data.length
  if (weightShape.length === 2 && Number.isInteger(rows) && outputs === rows * units)
    return { rows, depth, units }
  throw new ShapeError({
    stage: 'runtime',
    subject: context.kind,
    found: `input ${formatShape(shape)}, weights ${formatShape(weightShape)}, ${outputs} outputs`,
    expected: 'weights [units, depth], inputs that divide into rows of that depth, and units outputs a row',
  })
}

function shuffledWeights(format: string): UnsupportedError {
  return new UnsupportedError({
    stage: 'runtime',
    subject: 'FULLY_CONNECTED',
    found: `weights in format ${format}`,
    expected: 'format DEFAULT',
  })
}
