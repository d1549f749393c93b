import { constant, fillMemory, load, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'

const splats = { 2: 'v128.load16_splat', 4: 'v128.load32_splat', 8: 'v128.load64_splat' } as const

/**
 * Writes the code that fills `bytes` bytes from an address on with the element at another.
 *
 * @param elementBytes 1, 2, 4 or 8, a divisor of `bytes`.
 */
export function emitElementFill(
  f: FunctionBuilder,
  element: number,
  elementBytes: number,
  target: number,
  bytes: number,
): void {
  if (elementBytes === 1) {
    f.emit(fillMemory(constant(target), load('i32.load8_u', constant(element)), constant(bytes)))
    return
  }
  const [elements, to] = [f.local('v128'), f.local('i32')]
  f.set(elements, load(splats[elementBytes as keyof typeof splats], constant(element)))
  f.set(to, constant(target))
  f.repeat(bytes >> 4, () => {
    f.emit(store('v128.store', get(to), get(elements)))
    f.increase(to, 16)
  })
  if (bytes % 16 > 0) storeBytes(f, elements, 0, bytes % 16, get(to), 0)
}
