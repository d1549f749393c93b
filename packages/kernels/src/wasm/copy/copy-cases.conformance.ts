import { expect } from 'vitest'
import type { GeneratedKernel } from '../kernel.ts'
import { guard, runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'

/** Bytes that tell where they come from and are never {@link guard}. */
export function numbered(length: number, start: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (start + at * 7) % guard)
}

/** Runs a copy as a whole and in shares, which must write every byte exactly once. */
export function expectEqual(
  build: (share?: Share) => GeneratedKernel,
  inputs: readonly Uint8Array[],
  expected: Uint8Array,
): void {
  expect(runKernel(build(), inputs, new Uint8Array(expected.length))).toEqual(expected)
  for (const count of [2, 7]) {
    const joined = new Uint8Array(expected.length)
    const writes = new Uint8Array(expected.length)
    for (let index = 0; index < count; index++) {
      const part = runKernel(build({ index, count }), inputs, new Uint8Array(expected.length))
      part.forEach((byte, at) => {
        if (byte === guard) return
        joined[at] = byte
        writes[at]!++
      })
    }
    expect(joined).toEqual(expected)
    expect(writes.every((times) => times === 1)).toBe(true)
  }
}
