import { tableSchema } from '../schema/lookup.ts'
import type { FieldSchema } from '../schema/index.ts'
import { fieldKind } from './scalars.ts'
import type { FieldKind } from './scalars.ts'

/** One field of a table, ready for the codec. */
export interface FieldPlan {
  readonly name: string
  readonly id: number
  readonly kind: FieldKind
  /** Value of a scalar or enumeration that is not stored. */
  readonly absent: unknown
  /** Alignment of a vector's elements, where it is more than their size. */
  readonly align: number
}

/** A table of the schema, ready for the codec. */
export interface TablePlan {
  readonly fields: readonly FieldPlan[]
  /** Number of vtable slots that the schema knows, the tags of unions included. */
  readonly slots: number
}

const plans = new Map<string, TablePlan>()

/** The plan of a table by its schema name. */
export function tablePlan(name: string): TablePlan {
  const known = plans.get(name)
  if (known !== undefined) return known
  const schema = tableSchema(name)
  if (schema === undefined) throw new Error(`the schema names the unknown table ${name}`)
  const fields = Object.entries(schema).map(([field, facts]) => fieldPlan(field, facts))
  const plan = { fields, slots: fields.reduce((slots, { id }) => Math.max(slots, id + 1), 0) }
  plans.set(name, plan)
  return plan
}

function fieldPlan(name: string, { id, type, default: value, align = 1 }: FieldSchema): FieldPlan {
  const kind = fieldKind(type)
  return { name, id, kind, absent: absentValue(kind, value), align }
}

function absentValue(kind: FieldKind, value: FieldSchema['default']): unknown {
  if (kind.kind === 'scalar') return value ?? kind.zero
  if (kind.kind === 'enum') return value ?? kind.names.get(0)
  return undefined
}
