import type { FileRange } from './byte-source.ts'
import type { builtinOperators, enums, operatorOptions, tables, unions } from './schema/index.ts'

type Tables = typeof tables
type Enums = typeof enums
type Unions = typeof unions

interface Scalars {
  bool: boolean
  byte: number
  ubyte: number
  short: number
  ushort: number
  int: number
  uint: number
  float: number
  double: number
  /** 64-bit integers are bigint: not all of them are numbers. */
  long: bigint
  ulong: bigint
}

/** A value of an enumeration that is newer than the schema; it is carried through as it is. */
export type UnknownEnumValue = `UNKNOWN_${number}`

/** A name of an enumeration of the schema. */
export type EnumValue<Name extends keyof Enums> = keyof Enums[Name]['values'] | UnknownEnumValue

/** A member of a union, told apart by `kind`. */
export type UnionValue<Name extends keyof Unions> = {
  [Member in keyof Unions[Name] & keyof Tables]: { readonly kind: Member } & Table<Member>
}[keyof Unions[Name] & keyof Tables]

type Value<Type> = Type extends '[ubyte]'
  ? Uint8Array
  : Type extends `[${infer Element}]`
    ? readonly Value<Element>[]
    : Type extends 'string'
      ? string
      : Type extends keyof Scalars
        ? Scalars[Type]
        : Type extends keyof Enums
          ? EnumValue<Type>
          : Type extends keyof Unions
            ? UnionValue<Type>
            : Type extends keyof Tables
              ? Table<Type>
              : never

type FieldType<Field> = Field extends { readonly type: infer Type } ? Type : never

/** Scalars and enumerations always have a value, their default where the file has none. */
type AlwaysThere<Field> = FieldType<Field> extends keyof Scalars | keyof Enums ? true : false

/** A table of the schema as plain data: scalars always, everything else only where the file has it. */
export type Table<Name extends keyof Tables> = {
  readonly [
    Field in keyof Tables[Name] as AlwaysThere<Tables[Name][Field]> extends true ? Field : never
  ]: Value<FieldType<Tables[Name][Field]>>
} & {
  readonly [
    Field in keyof Tables[Name] as AlwaysThere<Tables[Name][Field]> extends true ? never : Field
  ]?: Value<FieldType<Tables[Name][Field]>>
}

/** The root of a file, and what stands around its FlatBuffer. */
export type Model = Omit<Table<'Model'>, 'buffers'> & {
  readonly buffers?: readonly Buffer[]
  /** Bytes behind the FlatBuffer, such as an archive of label files. */
  readonly trailing?: Uint8Array
  /** Paths of fields that are newer than the schema, or written for no schema, and could not be read. */
  readonly unknownFields?: readonly string[]
}
export type SubGraph = Table<'SubGraph'>
export type Tensor = Table<'Tensor'>
export type Operator = Table<'Operator'>
export type OperatorCode = Table<'OperatorCode'>
/**
 * Bytes of a tensor or a metadata entry. An `offset` above 1 says that they stand outside the FlatBuffer: they do again where the
 * model is written, at another offset.
 */
export type Buffer = Table<'Buffer'> & {
  /** Where the bytes are when there is no `data` because they are not in memory. */
  readonly outside?: FileRange
}
export type TensorType = EnumValue<'TensorType'>
export type TensorQuantization = Table<'QuantizationParameters'>
export type SignatureDef = Table<'SignatureDef'>
export type BuiltinOptions = UnionValue<'BuiltinOptions'>

/** Name of a builtin operator. */
export type BuiltinOperator = keyof typeof builtinOperators

type OptionsTable<Kind extends BuiltinOperator> = Kind extends keyof typeof operatorOptions
  ? (typeof operatorOptions)[Kind]
  : never

/** The options of an operator kind; an empty object for kinds that have none. */
export type OptionsOf<Kind extends BuiltinOperator> = [OptionsTable<Kind>] extends [never]
  ? Readonly<Record<never, never>>
  : Table<OptionsTable<Kind>>
