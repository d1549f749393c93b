import { activationRange, fullyConnectedHybrid, matrixRows } from '@quantrx/kernels'
import type { BatchMatmulGeometry } from '@quantrx/kernels'
import type { OperatorContext, Step } from '../operator.ts'
import { dataAs, inputAt, outputAt } from './operands.ts'
import { hybridWeights } from './weights.ts'

/**
 * Prepares a BATCH_MATMUL with float32 activations on the left and int8 weights on the right: a hybrid FULLY_CONNECTED for
 * each product.
 */
export function prepareHybridMatmul(
  context: OperatorContext<'BATCH_MATMUL'>,
  geometry: BatchMatmulGeometry,
): Step {
  const { rows, depth, columns } = geometry
  const [left, right, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
  const operator = {
    context,
    input: left,
    weights: right,
    bias: undefined,
    channels: columns,
    activation: 'NONE',
  }
  // XNNPACK does not know symmetric inputs.
  const asymmetric = context.options.asymmetricQuantizeInputs || context.arithmetic === 'xnnpack'
  const { weights, filterScales } = hybridWeights(operator)
  const scaling = {
    ...{ filterScales, bias: new Float32Array(columns), range: activationRange('NONE') },
    inputQuantization: asymmetric ? 'asymmetric' : 'symmetric',
  } as const
  const from = dataAs(context, left, 'float32')
  const to = dataAs(context, output, 'float32')
  const products = geometry.left.map((matrix, product) => {
    const matrixWeights = matrixRows(
      weights,
      geometry.right[product]!,
      columns,
      depth,
      !geometry.rightTransposed,
    )
    const run = fullyConnectedHybrid({
      geometry: { rows, depth, units: columns },
      weights: matrixWeights,
      scaling,
    })
    const outputs = to.subarray(product * rows * columns, (product + 1) * rows * columns)
    return () => run(matrixRows(from, matrix, rows, depth, geometry.leftTransposed), outputs)
  })
  return () => products.forEach((run) => run())
}
