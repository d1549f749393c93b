import { builtinOperators } from './builtin-operators.ts'
import { builtinOptionsTables } from './builtin-options.ts'
import { builtinOptions2Tables } from './builtin-options-2.ts'
import { coreTables } from './core-tables.ts'
import { enums as plainEnums } from './enums.ts'

export { builtinOperators } from './builtin-operators.ts'
export { operatorOptions } from './operator-options.ts'
export { unions } from './unions.ts'
export type { FieldSchema, TableSchema } from './table-schema.ts'

/** Every table of the schema. */
export const tables = { ...coreTables, ...builtinOptionsTables, ...builtinOptions2Tables } as const

/** Every enumeration of the schema. */
export const enums = { ...plainEnums, BuiltinOperator: { storage: 'int', values: builtinOperators } } as const
