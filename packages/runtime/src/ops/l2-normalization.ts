import { UnsupportedError } from '@quantrx/core'
import { l2NormalizationFloat32, l2NormalizationInteger, wasm } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { quantizedActivation } from '../shared/activation-types.ts'
import { checkFixedScale } from '../shared/fixed-scale.ts'
import { bindUnary } from '../shared/generate-unary.ts'
import { dataAs, inputAt, integerData, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { checkUnary } from '../shared/unary.ts'

const supports = ['float32', 'int8', 'uint8'] as const

/** L2_NORMALIZATION over the last dimension; integers give 128ths. */
export const l2Normalization: OperatorImplementation<'L2_NORMALIZATION'> = {
  kind: 'L2_NORMALIZATION',
  supports,
  prepare(context) {
    checkContext(context)
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const depth = depthOf(context)
    if (input.type === 'float32') {
      const run = l2NormalizationFloat32(depth)
      const [from, to] = [dataAs(context, input, 'float32'), dataAs(context, output, 'float32')]
      return () => run(from, to)
    }
    const { type, zeroPoint: inputZeroPoint } = quantizedActivation(context, input, supports)
    if (type === 'int16') throw unsupportedTypes(context, supports)
    checkFixedScale(context, output, { scale: 1 / 128, zeroPoint: type === 'int8' ? 0 : 128 })
    const run = l2NormalizationInteger({ depth, type, inputZeroPoint })
    const [from, to] = [integerData(context, input), integerData(context, output)]
    return () => run(from, to)
  },
  divides: true,
  generate(context, { share }) {
    checkContext(context)
    const { type, data } = inputAt(context, 0)
    if (type !== 'float32') return undefined
    const depth = depthOf(context)
    const rows = data.length / Math.max(depth, 1)
    return bindUnary(context, wasm.l2NormalizationFloat32Kernel(depth, rows, share))
  },
}

type NormalizationContext = OperatorContext<'L2_NORMALIZATION'>

const depthOf = (context: NormalizationContext): number => inputAt(context, 0).shape.at(-1) ?? 1

function checkContext(context: NormalizationContext): void {
  checkUnary(context, supports)
  refuseActivation(context.options.fusedActivationFunction)
}

function refuseActivation(activation: string): void {
  if (activation === 'NONE') return
  throw new UnsupportedError({
    stage: 'runtime',
    subject: 'L2_NORMALIZATION',
    found: `fused activation ${activation}`,
    expected: 'NONE',
  })
}
