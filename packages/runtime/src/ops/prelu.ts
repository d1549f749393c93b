import { ShapeError, formatShape, sameShape } from '@quantrx/core'
import { preluFloat32, preluInteger, wasm } from '@quantrx/kernels'
import type { BroadcastRows, ElementsPairing } from '@quantrx/kernels'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { quantizedActivation } from '../shared/activation-types.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { preparePairs } from '../shared/pair-operator.ts'
import { pairRows } from '../shared/pair-rows.ts'

const supports = ['float32', 'int8', 'uint8'] as const

/** PRELU, the slopes repeated over the input. */
export const prelu: OperatorImplementation<'PRELU'> = {
  kind: 'PRELU',
  supports,
  prepare(context) {
    checkOperands(context)
    return preparePairs(context, supports, (rows) => preluKernel(context, rows))
  },
  divides: true,
  generate(context, { share }) {
    checkOperands(context)
    const [input, slopes, output] = [inputAt(context, 0), inputAt(context, 1), outputAt(context)]
    if (input.type !== slopes.type) return undefined
    const rows = pairRows(context)
    if (input.type === 'float32')
      return { kernel: wasm.preluKernel(rows, share), inputs: [input, slopes], output }
    const parameters = integerParameters(context, rows)
    if (slopes.constant) {
      const values = slopes.data as wasm.ByteArray
      const kernel = wasm.preluOfKnownSlopesKernel(parameters, values, share)
      if (kernel !== undefined) return { kernel, inputs: [input], output }
    }
    const kernel = wasm.preluOfBytesKernel(parameters, share)
    return kernel && { kernel, inputs: [input, slopes], output }
  },
}

function checkOperands(context: OperatorContext): void {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  if (input.type !== output.type || !supports.some((type) => type === input.type))
    throw unsupportedTypes(context, supports)
  if (sameShape(input.shape, output.shape)) return
  throw new ShapeError({
    stage: 'runtime',
    subject: 'PRELU',
    found: `input shape ${formatShape(input.shape)} and output shape ${formatShape(output.shape)}`,
    expected: 'the same for both; slopes are repeated, inputs are not',
  })
}

function preluKernel(context: OperatorContext, rows: BroadcastRows): ElementsPairing<number> {
  if (inputAt(context, 0).type === 'float32') return preluFloat32(rows)
  return preluInteger(integerParameters(context, rows))
}

function integerParameters(context: OperatorContext, rows: BroadcastRows): wasm.PreluOfBytes {
  const input = quantizedActivation(context, inputAt(context, 0), supports)
  const slopes = quantizedActivation(context, inputAt(context, 1), supports)
  const output = quantizedActivation(context, outputAt(context), supports)
  const { type } = input
  if (type === 'int16') throw unsupportedTypes(context, supports)
  return { rows, type, input, slopes, output }
}
