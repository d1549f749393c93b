import { builtinCodeFields, operatorCode, operatorKind } from '@quantrx/tflite'
import type { BuiltinOperator, Model, Operator, OperatorCode } from '@quantrx/tflite'

/** The operator codes of a new model. */
export interface OperatorCodeTable {
  /** Row for an operator of the source, which may need a newer version now. */
  keep(operator: Operator, version?: number): number
  /** Row for a new operator. */
  add(kind: BuiltinOperator, version: number): number
  finish(): readonly OperatorCode[]
}

/** Starts the operator codes of a model that replaces `source`: one row per kind, with the newest version any operator needs. */
export function operatorCodeTable(source: Model): OperatorCodeTable {
  const rows: OperatorCode[] = []
  const indices = new Map<string, number>()
  const row = (key: string, code: OperatorCode): number => {
    const known = indices.get(key)
    if (known === undefined) {
      indices.set(key, rows.push(code) - 1)
      return rows.length - 1
    }
    const current = rows[known]!
    if (code.version > current.version) rows[known] = { ...current, version: code.version }
    return known
  }
  return {
    keep(operator, version = 1) {
      const code = operatorCode(source, operator)
      if (code === undefined) return operator.opcodeIndex
      const key = `${operatorKind(source, operator)} ${code.customCode ?? ''}`
      return row(key, { ...code, version: Math.max(code.version, version) })
    },
    add: (kind, version) => row(`${kind} `, { ...builtinCodeFields(kind), version }),
    finish: () => rows,
  }
}
