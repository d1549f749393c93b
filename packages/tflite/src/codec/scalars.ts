import type { Builder } from 'flatbuffers'
import { enumSchema, tableSchema, unionSchema } from '../schema/lookup.ts'
import type { NumberedNames } from '../schema/lookup.ts'

/** How a scalar of the schema is read and written. */
export interface ScalarCodec {
  readonly size: number
  read(view: DataView, at: number): number | bigint | boolean
  /**
   * Reads elements that stand one after the other, for the scalars that files have many of. Their numbers come from a typed array,
   * as kernels read weights: one call for each takes several times as long.
   */
  readAll?(bytes: Uint8Array): number[] | bigint[]
  write(builder: Builder, value: never): void
}

/** Every scalar type of the schema language that TensorFlow Lite uses. */
export const scalars = {
  bool: {
    size: 1,
    read: (view, at) => view.getUint8(at) !== 0,
    write: (builder, value: boolean) => builder.addInt8(value ? 1 : 0),
  },
  byte: {
    size: 1,
    read: (view, at) => view.getInt8(at),
    write: (builder, value: number) => builder.addInt8(value),
  },
  ubyte: {
    size: 1,
    read: (view, at) => view.getUint8(at),
    write: (builder, value: number) => builder.addInt8(value),
  },
  short: {
    size: 2,
    read: (view, at) => view.getInt16(at, true),
    write: (builder, value: number) => builder.addInt16(value),
  },
  ushort: {
    size: 2,
    read: (view, at) => view.getUint16(at, true),
    write: (builder, value: number) => builder.addInt16(value),
  },
  int: {
    size: 4,
    read: (view, at) => view.getInt32(at, true),
    readAll: (bytes) => Object.values(new Int32Array(alone(bytes))),
    write: (builder, value: number) => builder.addInt32(value),
  },
  uint: {
    size: 4,
    read: (view, at) => view.getUint32(at, true),
    write: (builder, value: number) => builder.addInt32(value),
  },
  float: {
    size: 4,
    read: (view, at) => view.getFloat32(at, true),
    readAll: (bytes) => Object.values(new Float32Array(alone(bytes))),
    write: (builder, value: number) => builder.addFloat32(value),
  },
  double: {
    size: 8,
    read: (view, at) => view.getFloat64(at, true),
    write: (builder, value: number) => builder.addFloat64(value),
  },
  long: {
    size: 8,
    read: (view, at) => view.getBigInt64(at, true),
    readAll: (bytes) => Object.values(new BigInt64Array(alone(bytes))),
    write: (builder, value: bigint) => builder.addInt64(value),
  },
  ulong: {
    size: 8,
    read: (view, at) => view.getBigUint64(at, true),
    write: (builder, value: bigint) => builder.addInt64(value),
  },
} as const satisfies Record<string, ScalarCodec>

/**
 * Bytes in memory of their own, where they stand as typed arrays need them. Engines make arrays of their values without loops of ours,
 * which are so long for scales and zero points of channels that compiling them takes longer than running them, and without an iterator,
 * which `Array.from` asks for each value and which makes an object for each.
 */
const alone = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer

/** What a type name of the schema stands for. */
export type FieldKind =
  | {
      readonly kind: 'scalar'
      readonly storage: string
      readonly codec: ScalarCodec
      readonly zero: number | bigint | boolean
    }
  | {
      readonly kind: 'enum'
      readonly storage: string
      readonly codec: ScalarCodec
      readonly names: NumberedNames
    }
  | { readonly kind: 'string' }
  | { readonly kind: 'table'; readonly table: string }
  | { readonly kind: 'union'; readonly tags: NumberedNames }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'vector'; readonly element: FieldKind }

const resolved = new Map<string, FieldKind>()

/** Resolves a type name of the schema. */
export function fieldKind(type: string): FieldKind {
  const known = resolved.get(type)
  if (known !== undefined) return known
  const kind = resolve(type)
  resolved.set(type, kind)
  return kind
}

function resolve(type: string): FieldKind {
  if (type === '[ubyte]') return { kind: 'bytes' }
  if (type.startsWith('[')) return { kind: 'vector', element: fieldKind(type.slice(1, -1)) }
  if (type === 'string') return { kind: 'string' }
  if (isKey(scalars, type)) {
    const zero = type === 'bool' ? false : type === 'long' || type === 'ulong' ? 0n : 0
    return { kind: 'scalar', storage: type, codec: scalars[type], zero }
  }
  const enumeration = enumSchema(type)
  if (enumeration !== undefined) {
    const { storage, names } = enumeration
    return { kind: 'enum', storage, codec: scalars[storage], names }
  }
  const tags = unionSchema(type)
  if (tags !== undefined) return { kind: 'union', tags }
  if (tableSchema(type) !== undefined) return { kind: 'table', table: type }
  throw new Error(`the schema names the unknown type ${type}`)
}

const isKey = <Of extends object>(object: Of, key: PropertyKey): key is keyof Of => Object.hasOwn(object, key)
