import { activationRange, meanFloat32, meanInteger, wasm } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { dataAs, inputAt, integerData, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { checkOutputCount, constantAxes, constantReduction, quantizedReduction } from '../shared/reduction.ts'
import { reducedShapes } from '../shapes/reductions.ts'

const supports = ['float32', 'int8', 'uint8', 'int16'] as const

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
    const run = meanInteger({ ...quantizedReduction(context, supports), geometry })
    const [from, to] = [integerData(context, input), integerData(context, output)]
    return () => run(from, to)
  },
  generate(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const axes = wasm.reducedAxes('MEAN', input.shape, constantAxes(context))
    if (axes === undefined || input.data.length === 0 || input.type === 'int16') return undefined
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
  const { type, ...parameters } = quantizedReduction(context, supports)
  if (type === 'int16') throw unsupportedTypes(context, supports)
  return { type, ...parameters }
}
