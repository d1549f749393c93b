import { integerLimits } from '@quantrx/core'
import { activationRange, meanFloat32, meanInteger, wasm } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { dataAs, inputAt, integerData, outputAt, scaleOf, unsupportedTypes } from '../shared/operands.ts'
import { checkOutputCount, constantAxes, constantReduction } from '../shared/reduction.ts'
import { reducedShapes } from '../shapes/reductions.ts'

const supports = ['float32', 'int8', 'uint8'] as const

/** MEAN over constant axes. */
export const mean: OperatorImplementation<'MEAN'> = {
  kind: 'MEAN',
  supports,
  outputShapes: reducedShapes,
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const geometry = constantReduction(context)
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
    const axes = wasm.reducedAxes('MEAN', input.shape, constantAxes(context))
    if (axes === undefined || input.data.length === 0) return undefined
    checkOutputCount(
      context,
      axes.kept.reduce((total, { size }) => total * size, axes.channels),
    )
    const reduction =
      input.type === 'float32' ? floatMean(context) : wasm.meanIntegerReduction(integerMean(context))
    return { kernel: wasm.meanKernel(axes, reduction), inputs: [input], output }
  },
}

type MeanContext = OperatorContext<'MEAN'>

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
