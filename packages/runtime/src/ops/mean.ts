import { ShapeError, integerLimits } from '@quantrx/core'
import { activationRange, meanFloat32, meanInteger, reductionGeometry, wasm } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import {
  constantIntegers,
  dataAs,
  inputAt,
  integerData,
  outputAt,
  scaleOf,
  unsupportedTypes,
} from '../shared/operands.ts'

const supports = ['float32', 'int8', 'uint8'] as const

/** MEAN over constant axes. */
export const mean: OperatorImplementation<'MEAN'> = {
  kind: 'MEAN',
  supports,
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const geometry = reductionGeometry('MEAN', input.shape, axesOf(context))
    checkOutputs(context, geometry.outputs)
    if (input.type === 'float32') {
      const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
      const run = meanFloat32(geometry)
      return () => run(from, to)
    }
    const run = meanInteger({ ...integerMean(context), geometry })
    const [from, to] = [integerData(context, input), integerData(context, output)]
    return () => run(from, to)
  },
  generate(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const axes = wasm.reducedAxes('MEAN', input.shape, axesOf(context))
    if (axes === undefined || input.data.length === 0) return undefined
    checkOutputs(
      context,
      axes.kept.reduce((total, { size }) => total * size, axes.channels),
    )
    const reduction =
      input.type === 'float32' ? floatMean(context) : wasm.meanIntegerReduction(integerMean(context))
    return { kernel: wasm.meanKernel(axes, reduction), inputs: [input], output }
  },
}

type MeanContext = OperatorContext<'MEAN'>

const axesOf = (context: MeanContext): readonly number[] => constantIntegers(context, inputAt(context, 1))

function checkOutputs(context: MeanContext, outputs: number): void {
  const { length } = outputAt(context).data
  if (outputs === length) return
  throw new ShapeError({
    stage: 'runtime',
    subject: 'MEAN',
    found: `${length} outputs`,
    expected: `${outputs} values`,
  })
}

function floatMean(context: MeanContext): wasm.WindowReduction {
  dataAs(context, outputAt(context), 'float32')
  return wasm.averageFloat32(activationRange('NONE'))
}

function integerMean(context: MeanContext): wasm.MeanIntegerOptions {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  const { type } = output
  if (input.type !== type || (type !== 'int8' && type !== 'uint8')) throw unsupportedTypes(context, supports)
  const { scale: inputScale, zeroPoint: inputZeroPoint } = scaleOf(context, input)
  const { scale: outputScale, zeroPoint: outputZeroPoint } = scaleOf(context, output)
  const scales = { inputScale, inputZeroPoint, outputScale, outputZeroPoint }
  return { arithmetic: context.arithmetic, type, range: integerLimits[type], ...scales }
}
