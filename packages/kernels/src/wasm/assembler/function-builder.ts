import { codeBytes, unsignedCode } from './encode.ts'
import type { Code } from './encode.ts'
import { constant, operation } from './expression.ts'
import type { Expression, Statement } from './expression.ts'
import type { ValueType } from './instructions.ts'

const typeCodes: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
}

/** A local variable of a function. */
export interface Local<Type extends ValueType = ValueType> {
  readonly type: Type
  readonly index: number
}

/** A function that is being written, statement after statement. It takes i32 parameters and returns nothing or an i32. */
export interface FunctionBuilder {
  /** A new variable, 0 at the start of the function. */
  local<Type extends ValueType>(type: Type): Local<Type>
  /** The parameter at a position. */
  parameter(index: number): Local<'i32'>
  /** Appends code that leaves nothing on the stack. */
  emit(code: Statement): void
  set<Type extends ValueType>(variable: Local<Type>, value: Expression<Type>): void
  /** Adds a constant to an i32 variable; nothing for 0. */
  increase(variable: Local<'i32'>, amount: number): void
  /** Runs a body `count` times: not at all, once without a loop, or in a loop that counts down. */
  repeat(count: number, body: () => void): void
  /** Runs a body while the condition, evaluated after each run, is not 0. */
  repeatWhile(condition: () => Expression<'i32'>, body: () => void): void
  /** Runs a body if the condition is not 0, otherwise the alternative. */
  when(condition: Expression<'i32'>, body: () => void, otherwise?: () => void): void
  /** The function as it stands in the code section, with what it returns, if it returns something. */
  finish(result?: Expression<'i32'>): Uint8Array
}

/** The value of a variable. */
export function get<Type extends ValueType>({ index }: Local<Type>): Expression<Type> {
  return (gets[index] ??= '\x20' + unsignedCode(index)) as Expression<Type>
}

/** Code that is asked for more often than any other, by index. */
const gets: Code[] = []
const sets: Code[] = []

/** Sets a variable, as code for {@link FunctionBuilder.emit}: for what is written more than once. */
export function assignment<Type extends ValueType>(
  { index }: Local<Type>,
  value: Expression<Type>,
): Statement {
  return (value + (sets[index] ??= '\x21' + unsignedCode(index))) as Statement
}

/** Sets a variable and leaves its value. */
export function tee<Type extends ValueType>(
  { index }: Local<Type>,
  value: Expression<Type>,
): Expression<Type> {
  return (value + '\x22' + unsignedCode(index)) as Expression<Type>
}

/** Variables in groups of one type, as functions declare them. */
function localsCode(types: readonly ValueType[]): Code {
  let [groups, code] = [0, '']
  for (let first = 0, end = 0; first < types.length; first = end, groups++) {
    while (types[end] === types[first]) end++
    code += unsignedCode(end - first) + unsignedCode(typeCodes[types[first]!])
  }
  return unsignedCode(groups) + code
}

const emptyBlock = '\x40'

/**
 * Starts a function with `parameters` i32 parameters.
 *
 * @example
 * const f = functionBuilder(0)
 * f.repeat(3, () => f.emit(store('i32.store', constant(0), constant(7))))
 */
export function functionBuilder(parameters = 0): FunctionBuilder {
  let code = ''
  const types: ValueType[] = []
  const builder: FunctionBuilder = {
    local(type) {
      types.push(type)
      return { type, index: parameters + types.length - 1 }
    },
    parameter: (index) => ({ type: 'i32', index }),
    emit(statement) {
      code += statement
    },
    set(variable, value) {
      code += assignment(variable, value)
    },
    increase(variable, amount) {
      if (amount !== 0) builder.set(variable, operation('i32.add', get(variable), constant(amount)))
    },
    repeat(count, body) {
      if (count <= 1) {
        if (count === 1) body()
        return
      }
      const left = builder.local('i32')
      builder.set(left, constant(count))
      builder.repeatWhile(() => tee(left, operation('i32.sub', get(left), constant(1))), body)
    },
    repeatWhile(condition, body) {
      code += '\x03' + emptyBlock
      body()
      code += condition() + '\x0d\0\x0b'
    },
    when(condition, body, otherwise) {
      code += condition + '\x04' + emptyBlock
      body()
      if (otherwise !== undefined) {
        code += '\x05'
        otherwise()
      }
      code += '\x0b'
    },
    finish(result) {
      const body = localsCode(types) + code + (result ?? '') + '\x0b'
      return codeBytes(unsignedCode(body.length) + body)
    },
  }
  return builder
}
