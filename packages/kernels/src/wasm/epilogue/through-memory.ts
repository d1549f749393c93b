import { constant, load, operation, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { Epilogue } from './epilogue.ts'

/** Where an epilogue that goes through memory finds what it needs, in bytes. */
export interface ThroughMemoryAddresses {
  /** Of {@link startsOf} the epilogue. */
  readonly starts: number
  /** Of the parameters of the epilogue itself. */
  readonly parameters: number
  /** Of {@link sumsBytes} bytes of memory. */
  readonly sums: number
}

/** Memory for the sums of the largest tile: 8 positions of 32 channels. */
export const sumsBytes = 8 * 32 * 4

/** What sums start with, the vectors of four channels side by side. */
export function startsOf({ parameters, vectorsPerQuad }: Epilogue): Int32Array {
  const stride = vectorsPerQuad * 4
  const starts = new Int32Array((parameters.length / stride) * 4)
  for (let quad = 0; quad * stride < parameters.length; quad++)
    starts.set(parameters.subarray(quad * stride, quad * stride + 4), quad * 4)
  return starts
}

/**
 * An epilogue that writes sums to memory and reads them back before it goes on. V8 fuses neighbouring vectors into one of twice
 * the size only in what leads from loads side by side to stores side by side; narrowing to bytes would end that.
 */
export function throughMemory(epilogue: Epilogue, addresses: ThroughMemoryAddresses): Epilogue {
  return {
    outputBytes: epilogue.outputBytes,
    vectorsPerQuad: 1,
    parameters: startsOf(epilogue),
    begin(f) {
      const finish = epilogue.begin(f)
      const [parameters, memory] = [f.local('i32'), f.local('i32')]
      f.set(memory, constant(addresses.sums))
      return (tile) => {
        const offset = (position: number, quad: number): number =>
          (position * tile.sums[0]!.length + quad) * 16
        tile.sums.forEach((row, position) =>
          row.forEach((sum, quad) =>
            f.emit(store('v128.store', get(memory), get(sum), offset(position, quad))),
          ),
        )
        tile.sums.forEach((row, position) =>
          row.forEach((sum, quad) => f.set(sum, load('v128.load', get(memory), offset(position, quad)))),
        )
        const quads = operation('i32.sub', get(tile.parameters), constant(addresses.starts))
        const scaled = operation('i32.mul', quads, constant(epilogue.vectorsPerQuad))
        f.set(parameters, operation('i32.add', scaled, constant(addresses.parameters)))
        finish({ ...tile, parameters })
      }
    },
  }
}
