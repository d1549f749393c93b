import { expect } from 'vitest'
import type { GeneratedKernel } from '../kernel.ts'
import { runKernels } from '../run-kernel.conformance.ts'
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
  const shares = [2, 3].flatMap((count) => Array.from({ length: count }, (_, index) => ({ index, count })))
  const kernels = [undefined, ...shares].map((share) => build(share)!)
  const [whole, ...parts] = runKernels(kernels, inputs, output)
  for (const count of [2, 3]) {
    const joined = new Uint8Array(output.byteLength).fill(untouched)
    parts.forEach((part, at) => {
      if (shares[at]!.count === count) addWritten(joined, bytesOf(part))
    })
    expect(joined, `of ${count} shares`).toEqual(bytesOf(whole!))
  }
  return whole!
}

/** Adds what a share wrote to what others did. */
function addWritten(joined: Uint8Array, part: Uint8Array): void {
  for (let at = 0; at < part.length; at++) {
    if (part[at] === untouched) continue
    if (joined[at] !== untouched) expect.fail(`more than one share writes byte ${at}`)
    joined[at] = part[at]!
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Output): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
