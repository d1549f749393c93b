import { wasm } from '@quantrx/kernels'
import { columnBytes, packBits } from './pack-bits.ts'
import type { StoredConstant } from './stored-constant.ts'

/**
 * Parameters of kernels as a file holds them: int32, of which most are far from using all their bits, packed.
 *
 * @param address where kernels read them.
 * @param packedAt where the packed ones stand until then; 8 bytes after them must be there to be read.
 * @param unpack number of {@link unpackFunction} in the module.
 * @returns undefined where nothing is gained.
 */
export function packParameters(
  values: Int32Array,
  address: number,
  packedAt: number,
  unpack: number,
): StoredConstant | undefined {
  const packed = packBits(values)
  if (packed === undefined) return undefined
  const rows = values.length / packed.columns
  const operands = [address, packedAt, packed.columns, rows].map(wasm.constant)
  return { segment: { address: packedAt, bytes: packed.bytes }, restore: wasm.call(unpack, ...operands) }
}

/**
 * A function of four i32 that unpacks what {@link packBits} packed: address of the result, address of the packed bytes, number
 * of columns, number of rows.
 */
export function unpackFunction(): wasm.ModuleFunction {
  const f = wasm.functionBuilder(4)
  const [target, packed] = [f.parameter(0), f.parameter(1)]
  const [columns, rows] = [f.parameter(2), f.parameter(3)]
  const [stream, column, bit, width] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')]
  const columnsBytes = wasm.operation('i32.mul', wasm.get(columns), wasm.constant(columnBytes))
  f.set(stream, add(wasm.get(packed), columnsBytes))
  f.repeatWhile(
    () => wasm.tee(rows, add(wasm.get(rows), wasm.constant(-1))),
    () => {
      f.set(column, wasm.get(packed))
      f.repeatWhile(
        () => wasm.operation('i32.ne', wasm.get(column), wasm.get(stream)),
        () => {
          f.set(width, wasm.load('i32.load8_u', wasm.get(column)))
          const centre = wasm.load('i32.load', wasm.get(column), 1)
          f.emit(wasm.store('i32.store', wasm.get(target), add(bitsAt(stream, bit, width), centre)))
          f.set(bit, add(wasm.get(bit), wasm.get(width)))
          f.increase(column, columnBytes)
          f.increase(target, 4)
        },
      )
    },
  )
  return { parameters: 4, code: f.finish() }
}

/** A signed number of 1 to 32 bits: up to the top of 64, then down again, so that its sign fills what is above it. */
function bitsAt(
  stream: wasm.Local<'i32'>,
  bit: wasm.Local<'i32'>,
  width: wasm.Local<'i32'>,
): wasm.Expression<'i32'> {
  const byte = wasm.operation('i32.shr_u', wasm.get(bit), wasm.constant(3))
  const before = wasm.operation('i32.and', wasm.get(bit), wasm.constant(7))
  const above = wasm.operation('i32.sub', wasm.constant(64), wasm.get(width))
  const up = wasm.operation('i64.extend_i32_s', wasm.operation('i32.sub', above, before))
  const word = wasm.load('i64.load', add(wasm.get(stream), byte))
  const topmost = wasm.operation('i64.shl', word, up)
  return wasm.operation(
    'i32.wrap_i64',
    wasm.operation('i64.shr_s', topmost, wasm.operation('i64.extend_i32_s', above)),
  )
}

const add = (a: wasm.Expression<'i32'>, b: wasm.Expression<'i32'>): wasm.Expression<'i32'> =>
  wasm.operation('i32.add', a, b)
