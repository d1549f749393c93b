import { load, operation, vectorConstant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import type { EmitSums } from './byte-sums.ts'
import { forEachTap } from './window.ts'

/** Sums of eight channels of int16 over a window, in 32 bits: exact for windows of up to 2^16 elements, elsewhere modulo 2^32. */
export function beginShortSums(f: FunctionBuilder): EmitSums {
  const quads = [f.local('v128'), f.local('v128')]
  return (window, from) => {
    for (const quad of quads) f.set(quad, vectorConstant(new Uint8Array(16)))
    forEachTap(f, window, from, (address, offset) =>
      quads.forEach((quad, at) =>
        f.set(quad, operation('i32x4.add', get(quad), load('v128.load16x4_s', address, offset + at * 8))),
      ),
    )
    return quads
  }
}
