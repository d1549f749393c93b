import { integerLimits } from '@quantrx/core'
import {
  batchMatmulFloat32,
  batchMatmulGeometry,
  batchMatmulInteger,
  channelScales,
  matrixRows,
  requantizer,
  wideRequantizer,
} from '@quantrx/kernels'
import type { BatchMatmulGeometry, RequantizeOptions } from '@quantrx/kernels'
import type {
  BoundKernel,
  GenerateOptions,
  OperatorContext,
  OperatorImplementation,
  Step,
} from '../operator.ts'
import { quantizedActivation } from '../shared/activation-types.ts'
import { checkOutputShape } from '../shared/element-walk.ts'
import { dataAs, inputAt, integerData, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { generatePointwise } from '../shared/generate-convolution.ts'
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
  divides: true,
  generate(context, options) {
    const geometry = geometryOf(context)
    checkOutputShape(context, outputAt(context), geometry.shape)
    return generateMatmul(context, geometry, options)
  },
}

/** Products with one constant matrix are a FULLY_CONNECTED of all rows; the others have no generated code. */
function generateMatmul(
  context: MatmulContext,
  { rows, depth, columns, ...geometry }: BatchMatmulGeometry,
  options: GenerateOptions,
): BoundKernel | undefined {
  const [input, right, { type }] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
  const sameTypes = input.type === type && right.type === type && (type === 'float32' || type === 'int8')
  const oneMatrix = right.constant && geometry.right.every((matrix) => matrix === 0)
  if (!sameTypes || !oneMatrix || geometry.leftTransposed) return undefined
  const data = matrixRows(
    right.data as Float32Array | Int8Array,
    0,
    columns,
    depth,
    !geometry.rightTransposed,
  )
  const operator = {
    ...{ context, input, weights: { ...right, shape: [columns, depth], data }, bias: undefined },
    ...{ channels: columns, activation: 'NONE', builtin: right.quantization?.zeroPoints[0] !== 0 },
  }
  return generatePointwise(operator, { rows: rows * geometry.left.length, depth, units: columns }, options)
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
