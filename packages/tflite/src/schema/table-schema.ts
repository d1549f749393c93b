/** How a field of a FlatBuffers table is stored. */
export interface FieldSchema {
  /** Slot in the table's vtable; for a union the slot of the value, the tag stands in the one before. */
  readonly id: number
  /**
   * A scalar such as `int`, `string`, the name of an enumeration, a table or a union, or a vector of one of these in
   * square brackets.
   */
  readonly type: string
  /** Value of a scalar that is not stored; 0, false, or the enumeration's first value where the schema names none. */
  readonly default?: number | boolean | string
  /** Alignment of a vector's elements in bytes, where the schema asks for more than their size. */
  readonly align?: number
}

/** The fields of a table by their name in camelCase. */
export type TableSchema = Readonly<Record<string, FieldSchema>>
