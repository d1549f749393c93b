import { castElements, castTypes, wasm } from '@quantrx/kernels'
import type { CastType, ElementsMap } from '@quantrx/kernels'
import type { DataType } from '@quantrx/core'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { bindUnary } from '../shared/generate-unary.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { checkElementCount } from '../shared/unary.ts'

const supports = [`any two of ${castTypes.join(', ')}`]

/** CAST; the types are those of the tensors, whatever the options say. */
export const cast: OperatorImplementation<'CAST'> = {
  kind: 'CAST',
  supports,
  prepare(context) {
    const run = castElements(...castTypesOf(context)) as ElementsMap<unknown>
    const [from, to] = [inputAt(context, 0).data, outputAt(context).data]
    return () => run(from, to)
  },
  divides: true,
  generate(context, { share }) {
    const [from, to] = castTypesOf(context)
    return bindUnary(context, wasm.castKernel(from, to, inputAt(context, 0).data.length, share))
  },
}

function castTypesOf(context: OperatorContext<'CAST'>): readonly [from: CastType, to: CastType] {
  checkElementCount(context)
  const [from, to] = [inputAt(context, 0).type, outputAt(context).type]
  if (!isCastType(from) || !isCastType(to)) throw unsupportedTypes(context, supports)
  return [from, to]
}

const isCastType = (type: DataType): type is CastType => (castTypes as readonly string[]).includes(type)
