import { UnsupportedError } from '@quantrx/core'
import {
  centered,
  multiplicand,
  quantizeMultiplier,
  recurrentActivation,
  svdfFloat32,
  svdfInteger,
} from '@quantrx/kernels'
import type { OperatorContext, Step } from '../operator.ts'
import { realValues } from '../real-values.ts'
import { dataAs, inputAt, outputAt, scaleOf } from '../shared/operands.ts'
import { multiplierOf, realVectorOrZeros, shaped, stateOf } from './operands.ts'
import { svdfGeometry } from './svdf-geometry.ts'

type Context = OperatorContext<'SVDF'>

/** SVDF in float32; its weights may be int8. */
export function prepareSvdfFloat32(context: Context): Step {
  const { options } = context
  const { geometry, input, output, time, state } = svdfTensors(context)
  const { inputs, units, rank } = geometry
  const vector = multiplicand(inputs, options.asymmetricQuantizeInputs ? 'asymmetric' : 'symmetric')
  const run = svdfFloat32({
    ...{ geometry, input: vector },
    products: vector.times(multiplierOf(context, inputAt(context, 1), units * rank, inputs)),
    timeWeights: realValues(time),
    bias: realVectorOrZeros(context, context.inputs[3], units),
    activate: recurrentActivation(options.fusedActivationFunction),
  })
  const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
  const remembered = dataAs(context, state, 'float32')
  return () => run(from, remembered, to)
}

/**
 * SVDF on int8 with int16 states and time weights.
 *
 * @throws UnsupportedError for an activation other than RELU, which TensorFlow Lite does not run either.
 */
export function prepareSvdfInteger(context: Context): Step {
  const { geometry, input, output, time, state } = svdfTensors(context)
  const { inputs, units, rank } = geometry
  const { fusedActivationFunction: activation } = context.options
  if (activation !== 'RELU') throw otherActivation(activation)
  const features = shaped(context, inputAt(context, 1), [units * rank, inputs])
  const bias = context.inputs[3]
  const [from, to] = [scaleOf(context, input), scaleOf(context, output)]
  const [featureScale, stateScale, timeScale] = [features, state, time].map(
    (tensor) => scaleOf(context, tensor).scale,
  ) as [number, number, number]
  const run = svdfInteger({
    geometry,
    featureWeights: centered(dataAs(context, features, 'int8'), []),
    timeWeights: dataAs(context, time, 'int16'),
    bias:
      bias === undefined ? new Int32Array(units) : dataAs(context, shaped(context, bias, [units]), 'int32'),
    ...{ inputZeroPoint: from.zeroPoint, outputZeroPoint: to.zeroPoint },
    toState: quantizeMultiplier((from.scale * featureScale) / stateScale),
    toOutput: quantizeMultiplier((stateScale * timeScale) / to.scale),
  })
  const [values, results] = [dataAs(context, input, 'int8'), dataAs(context, output, 'int8')]
  const remembered = dataAs(context, state, 'int16')
  return () => run(values, remembered, results)
}

function svdfTensors(context: Context) {
  const geometry = svdfGeometry(context)
  const { batches, units, rank, memory } = geometry
  return {
    geometry,
    input: inputAt(context, 0),
    time: shaped(context, inputAt(context, 2), [units * rank, memory]),
    state: stateOf(context, inputAt(context, 4), batches * units * rank * memory),
    output: shaped(context, outputAt(context), [batches, units]),
  }
}

function otherActivation(found: string): UnsupportedError {
  return new UnsupportedError({
    stage: 'runtime',
    subject: 'SVDF, int8',
    found: `activation ${found}`,
    expected: 'RELU',
    nextStep: 'Keep this operator float',
  })
}
