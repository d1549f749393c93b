import { activationRange, divFloat32, divInt32, divInteger, wasm } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { binaryIntegerParameters, binaryRows, prepareBinary } from '../shared/binary.ts'
import { generatePairTable } from '../shared/generate-pair-table.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { pairShapes } from '../shapes/elementwise.ts'

const supports = ['float32', 'int8', 'uint8', 'int32'] as const

/** DIV with broadcasting and a fused activation. */
export const div: OperatorImplementation<'DIV'> = {
  kind: 'DIV',
  supports,
  outputShapes: pairShapes,
  prepare(context) {
    if (!supports.some((type) => type === outputAt(context).type)) throw unsupportedTypes(context, supports)
    return prepareBinary(context, { float32: divFloat32, int32: divInt32, integer: divInteger })
  },
  divides: true,
  generate(context, options) {
    const rows = binaryRows(context)
    const { type } = outputAt(context)
    if (type === 'int8' || type === 'uint8') {
      const parameters = binaryIntegerParameters(context, rows)
      const reference: wasm.PairReference = (each) => divInteger({ ...parameters, rows: each })
      return generatePairTable(context, type, reference, options)
    }
    if (type !== 'float32') return undefined
    const range = activationRange(context.options.fusedActivationFunction)
    const inputs = [inputAt(context, 0), inputAt(context, 1)]
    const kernel = wasm.divFloat32Kernel({ rows, range }, options.share)
    return { kernel, inputs, output: outputAt(context) }
  },
}
