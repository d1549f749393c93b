import type { GeneratedKernel } from '../kernel.ts'
import type { Share } from '../share.ts'
import { emitStridedCopy, shareOfCopy } from './strided-copy.ts'
import type { StridedCopy } from './strided-copy.ts'

/** A kernel that fills its output with copies, one of each input in turn. */
export function copyKernel(copies: readonly StridedCopy[], share?: Share): GeneratedKernel {
  return {
    name: 'bytes',
    constants: [],
    scratchBytes: 0,
    emit(f, { inputs, output }) {
      copies.forEach((copy, at) => emitStridedCopy(f, shareOfCopy(copy, share), inputs[at]!, output))
    },
  }
}

/** RESHAPE and SQUEEZE: all bytes of a tensor, as they are. */
export function reshapeKernel(bytes: number, share?: Share): GeneratedKernel {
  return copyKernel([{ sourceAt: 0, targetAt: 0, rowBytes: bytes, loops: [] }], share)
}
