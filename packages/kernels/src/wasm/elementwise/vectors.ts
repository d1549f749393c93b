import { vectorConstant } from '../assembler/expression.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

/** Writes code that replaces the value of a variable. */
export type EmitChange = (vector: Local<'v128'>) => void

/** A variable that holds a constant of 16 bytes, which costs several instructions wherever it is written out. */
export function hoisted(f: FunctionBuilder, values: ArrayBufferView): Local<'v128'> {
  const local = f.local('v128')
  f.set(local, vectorConstant(values))
  return local
}
