import { castElements, castTypes } from '@quantrx/kernels'
import type { CastType, ElementsMap } from '@quantrx/kernels'
import type { DataType } from '@quantrx/core'
import type { OperatorImplementation } from '../operator.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { checkElementCount } from '../shared/unary.ts'

const supports = [`any two of ${castTypes.join(', ')}`]

/** CAST; the types are those of the tensors, whatever the options say. */
export const cast: OperatorImplementation<'CAST'> = {
  kind: 'CAST',
  supports,
  prepare(context) {
    checkElementCount(context)
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    if (!isCastType(input.type) || !isCastType(output.type)) throw unsupportedTypes(context, supports)
    const run = castElements(input.type, output.type) as ElementsMap<unknown>
    const [from, to] = [input.data, output.data]
    return () => run(from, to)
  },
}

const isCastType = (type: DataType): type is CastType => (castTypes as readonly string[]).includes(type)
