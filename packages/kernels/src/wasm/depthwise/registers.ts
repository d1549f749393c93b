import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { ValueType } from '../assembler/instructions.ts'

/** Variables by name: parts of a function that run one after the other use the same ones, as few make for short code. */
export interface Registers {
  vector(name: string): Local<'v128'>
  pointer(name: string): Local<'i32'>
}

/** The named variables of a function. */
export function registers(f: FunctionBuilder): Registers {
  const named = <Type extends ValueType>(type: Type): ((name: string) => Local<Type>) => {
    const locals = new Map<string, Local<Type>>()
    return (name) => {
      const local = locals.get(name) ?? f.local(type)
      locals.set(name, local)
      return local
    }
  }
  return { vector: named('v128'), pointer: named('i32') }
}
