import { vectorConstant } from './assembler/expression.ts'
import type { FunctionBuilder, Local } from './assembler/function-builder.ts'

/** A variable that holds a constant of 16 bytes, which would be made anew wherever it is used if it were written there. */
export function hoist(f: FunctionBuilder, values: ArrayBufferView): Local<'v128'> {
  const local = f.local('v128')
  f.set(local, vectorConstant(values))
  return local
}
