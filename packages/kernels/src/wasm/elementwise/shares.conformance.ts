import { expect } from 'vitest'
import type { GeneratedKernel } from '../kernel.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'

/** What tests fill memory with before a kernel runs. */
const untouched = 0xa5

type Output = Float32Array | Int32Array | Int16Array | Int8Array | Uint8Array

/**
 * Runs a kernel as a whole, and in two and in three shares, which together must give the same and each leave the outputs of
 * the others alone.
 *
 * @returns the output.
 */
export function runInShares<Type extends Output>(
  build: (share?: Share) => GeneratedKernel | undefined,
  inputs: readonly ArrayBufferView[],
  output: Type,
): Type {
  const run = (share?: Share): Type => runKernel(build(share)!, inputs, output.slice() as Type)
  const whole = run()
  for (const count of [2, 3]) {
    const parts = Array.from({ length: count }, (_, index) => bytesOf(run({ index, count })))
    const joined = bytesOf(whole).slice().fill(untouched)
    for (const part of parts) {
      part.forEach((byte, at) => {
        if (byte === untouched) return
        if (joined[at] !== untouched) expect.fail(`more than one of ${count} shares writes byte ${at}`)
        joined[at] = byte
      })
    }
    expect(joined).toEqual(bytesOf(whole))
  }
  return whole
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Output): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
