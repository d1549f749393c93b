import { expect } from 'vitest'
import type { GeneratedKernel } from '../kernel.ts'
import { guard, runKernels } from '../run-kernel.conformance.ts'
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
  const shares = [2, 7].flatMap((count) => Array.from({ length: count }, (_, index) => ({ index, count })))
  const kernels = [build(), ...shares.map(build)]
  const [whole, ...parts] = runKernels(kernels, inputs, new Uint8Array(expected.length))
  expect(whole).toEqual(expected)
  for (const count of [2, 7]) {
    const joined = new Uint8Array(expected.length)
    const writes = new Uint8Array(expected.length)
    parts.forEach((part, index) => {
      if (shares[index]!.count === count) addWritten(joined, writes, part)
    })
    expect(joined).toEqual(expected)
    expect(writes).toEqual(new Uint8Array(expected.length).fill(1))
  }
}

function addWritten(joined: Uint8Array, writes: Uint8Array, part: Uint8Array): void {
  for (let at = 0; at < part.length; at++) {
    if (part[at] === guard) continue
    joined[at] = part[at]!
    writes[at]!++
  }
}
