import { batchMatmulFloat32, batchMatmulGeometry, batchMatmulInteger } from '@quantrx/kernels'
import type { BatchMatmulGeometry, RequantizeOptions } from '@quantrx/kernels'
import { channelScales, requantizer, wideRequantizer } from '@quantrx/kernels'
import { integerLimits } from '@quantrx/core'
import type { OperatorContext, OperatorImplementation, Step } from '../operator.ts'
import { quantizedActivation } from '../shared/activation-types.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { dataAs, inputAt, integerData, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { prepareHybridMatmul } from '../shared/hybrid-matmul.ts'

const supports = ['float32', 'int8', 'int16', 'float32 × constant int8 or int4'] as const

type MatmulContext = OperatorContext<'BATCH_MATMUL'>

/** BATCH_MATMUL with transposed operands and repeated batches. */
export const batchMatmul: OperatorImplementation<'BATCH_MATMUL'> = {
  kind: 'BATCH_MATMUL',
  supports,
  outputShapes: (context) => [geometryOf(context).shape],
  prepare(context) {
    const geometry = geometryOf(context)
    const [left, right, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    checkOutputShape(context, output, geometry.shape)
    if (left.type === 'float32' && output.type === 'float32') {
      if (right.type === 'int8' && right.constant) return prepareHybridMatmul(context, geometry)
      const [a, b] = [dataAs(context, left, 'float32'), dataAs(context, right, 'float32')]
      const [run, to] = [batchMatmulFloat32(geometry), dataAs(context, output, 'float32')]
      return () => run(a, b, to)
    }
    if (left.type !== right.type || left.type !== output.type || left.type === 'uint8')
      throw unsupportedTypes(context, supports)
    return prepareInteger(context, geometry)
  },
}

const geometryOf = (context: MatmulContext): BatchMatmulGeometry =>
  batchMatmulGeometry(inputAt(context, 0).shape, inputAt(context, 1).shape, context.options)

function prepareInteger(context: MatmulContext, geometry: BatchMatmulGeometry): Step {
  const left = quantizedActivation(context, inputAt(context, 0), supports)
  const right = quantizedActivation(context, inputAt(context, 1), supports)
  const output = quantizedActivation(context, outputAt(context), supports)
  const { constant } = inputAt(context, 1)
  // LiteRT gives XNNPACK the products that it can compute as FULLY_CONNECTED; the rest runs in its own kernel.
  const asWeights = constant && output.type !== 'int16' && right.zeroPoint === 0
  const arithmetic = asWeights ? context.arithmetic : 'tflite'
  const options: RequantizeOptions = {
    arithmetic,
    scales: channelScales(arithmetic, {
      inputScale: left.scale,
      weightScales: [right.scale],
      outputScale: output.scale,
      float32Product: true,
    }),
    zeroPoint: output.zeroPoint,
    range: integerLimits[output.type],
  }
  const operands = { geometry, leftZeroPoint: left.zeroPoint, rightZeroPoint: right.zeroPoint }
  const run =
    output.type === 'int16'
      ? batchMatmulInteger({
          ...operands,
          initial: new Float64Array(geometry.columns),
          requantize: wideRequantizer(options),
        })
      : batchMatmulInteger({
          ...operands,
          initial: new Int32Array(geometry.columns),
          requantize: requantizer(options),
        })
  const [a, b, to] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)].map((tensor) =>
    integerData(context, tensor),
  )
  return () => run(a!, b!, to!)
}
