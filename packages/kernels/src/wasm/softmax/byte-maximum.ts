import { constant, extractLane32, load, operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

const lanes = Array.from({ length: 16 }, (_, lane) => lane)

const instructions = {
  int8: { larger: 'i8x16.max_s', shift: 'i32.shr_s' },
  uint8: { larger: 'i8x16.max_u', shift: 'i32.shr_u' },
} as const

/** Writes the code that finds the largest of `count` bytes from an address on. */
export function beginByteMaximum(
  f: FunctionBuilder,
  type: 'int8' | 'uint8',
): (from: Local<'i32'>, count: number) => Expression<'i32'> {
  const { larger, shift } = instructions[type]
  const [at, largest] = [f.local('i32'), f.local('v128')]
  const include = (vector: Expression<'v128'>): void =>
    f.set(largest, operation(larger, get(largest), vector))
  const rotated = (by: number) =>
    shuffle(
      get(largest),
      get(largest),
      lanes.map((lane) => (lane + by) % 16),
    )
  return (from, count) => {
    f.set(largest, load('v128.load', get(from)))
    if (count < 16) {
      const repeated = lanes.map((lane) => (lane < count ? lane : 0))
      f.set(largest, shuffle(get(largest), get(largest), repeated))
    } else {
      f.set(at, get(from))
      f.repeat(Math.floor(count / 16), () => {
        include(load('v128.load', get(at)))
        f.increase(at, 16)
      })
      // The last ones again, together with the rest.
      if (count % 16 > 0) include(load('v128.load', get(from), count - 16))
    }
    for (const by of [8, 4, 2, 1]) include(rotated(by))
    return operation(shift, extractLane32(get(largest), 0), constant(24))
  }
}
