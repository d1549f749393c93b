import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { hoist } from '../hoist.ts'
import { beginByteClamp } from '../reduction/clamp.ts'
import { beginSigned, middleOf } from './bytes.ts'
import type { ElementwiseOperator } from './operator.ts'
import type { StoredTable } from './stored-map.ts'

const saturated = (value: number): number => Math.max(-128, Math.min(127, value))

/**
 * A function of stored integers that adds a constant and clamps, such as RELU without a change of scale.
 *
 * @returns undefined for any other function.
 */
export function shiftedBytesOperator(table: StoredTable): ElementwiseOperator | undefined {
  const { inputType, outputType } = table
  const outputs = table.outputs.map((output) => output - middleOf(outputType))
  const range = { min: Math.min(...outputs), max: Math.max(...outputs) }
  const step = outputs.findIndex((output) => output > range.min)
  const shift = step === -1 ? 0 : outputs[step]! - (step - 128)
  const shifted = (at: number): number =>
    Math.max(range.min, Math.min(range.max, saturated(at - 128 + shift)))
  if (saturated(shift) !== shift || outputs.some((output, at) => output !== shifted(at))) return undefined
  return {
    ...{ name: outputType, operandBytes: 1, outputBytes: 1, blockElements: 16 },
    ...{ constants: [], scratchBytes: 0 },
    begin(f) {
      const toSigned = beginSigned(f, inputType)
      const fromSigned = beginSigned(f, outputType)
      const amount = shift === 0 ? undefined : hoist(f, new Int8Array(16).fill(shift))
      const clamp = beginByteClamp(f, 'int8', range)
      const bytes = f.local('v128')
      return ({ operands: [operand], output, elements }) => {
        f.set(bytes, operand!.vector(0))
        toSigned(bytes)
        if (amount !== undefined) f.set(bytes, operation('i8x16.add_sat_s', get(bytes), get(amount)))
        clamp(bytes)
        fromSigned(bytes)
        storeBytes(f, bytes, 0, elements, get(output), 0)
      }
    },
  }
}
