import type { FunctionBuilder, Local } from './assembler/function-builder.ts'

/** A loop, and what it moves each of some pointers by, in bytes, from one run to the next. */
export interface Loop {
  readonly count: number
  readonly steps: readonly number[]
}

/** Writes nested loops, the outermost first, around a body that leaves the pointers where it finds them. */
export function emitLoops(
  f: FunctionBuilder,
  loops: readonly Loop[],
  pointers: readonly Local<'i32'>[],
  body: () => void,
): void {
  const [outer, ...inner] = loops
  if (outer === undefined) {
    body()
    return
  }
  const { count, steps } = outer
  f.repeat(count, () => {
    emitLoops(f, inner, pointers, body)
    pointers.forEach((pointer, at) => f.increase(pointer, steps[at]!))
  })
  pointers.forEach((pointer, at) => f.increase(pointer, -count * steps[at]!))
}
