import { castElements, castTypes, wasm } from '@quantrx/kernels'
import type { CastType, ElementsMap } from '@quantrx/kernels'
import type { DataType } from '@quantrx/core'
import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { complexPairs, fromComplex, toComplex } from '../shared/complex.ts'
import { bindUnary } from '../shared/generate-unary.ts'
import { inputAt, outputAt, unsupportedTypes } from '../shared/operands.ts'
import { checkElementCount } from '../shared/unary.ts'

const supports = [`any two of ${castTypes.join(', ')}`, 'complex64 to and from these']

/** CAST; the types are those of the tensors, whatever the options say. Of complex numbers it takes the real parts. */
export const cast: OperatorImplementation<'CAST'> = {
  kind: 'CAST',
  supports,
  prepare(context) {
    const [input, output] = [inputAt(context, 0), outputAt(context)]
    const { from, to } = castTypesOf(context)
    const run = castElements(from ?? 'float32', to ?? 'float32') as ElementsMap<unknown>
    if (from === undefined) return fromComplex(complexPairs(input), run, output.data)
    if (to === undefined) return toComplex(input.data, run, complexPairs(output))
    return () => run(input.data, output.data)
  },
  divides: true,
  generate(context, { share }) {
    const { from, to } = castTypesOf(context)
    if (from === undefined || to === undefined) return undefined
    return bindUnary(context, wasm.castKernel(from, to, inputAt(context, 0).data.length, share))
  },
}

/** Undefined stands for complex numbers, on one side at most. */
function castTypesOf(context: OperatorContext<'CAST'>): { readonly from?: CastType; readonly to?: CastType } {
  checkElementCount(context)
  const [from, to] = [inputAt(context, 0).type, outputAt(context).type]
  if (isCastType(from) && isCastType(to)) return { from, to }
  if (isCastType(from) && to === 'complex64') return { from }
  if (isCastType(to) && from === 'complex64') return { to }
  throw unsupportedTypes(context, supports)
}

const isCastType = (type: DataType): type is CastType => (castTypes as readonly string[]).includes(type)
