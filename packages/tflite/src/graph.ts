import type { DataType, QuantizationParameters } from '@quantrx/core'
import { enumSchema, numberOf, optionsSchema } from './schema/lookup.ts'
import type { NumberedNames } from './schema/lookup.ts'
import { tablePlan } from './codec/plan.ts'
import { readRange } from './byte-source.ts'
import type {
  Buffer,
  BuiltinOperator,
  Model,
  Operator,
  OperatorCode,
  OptionsOf,
  Tensor,
  TensorType,
  UnknownEnumValue,
} from './types.ts'

/** The operator code that an operator refers to. */
export function operatorCode(model: Model, operator: Operator): OperatorCode | undefined {
  return model.operatorCodes?.[operator.opcodeIndex]
}

/**
 * What kind of operator it is. Files write small codes into an old one-byte field too, or there only, so the larger of
 * both fields counts.
 *
 * @example
 * operatorKind(model, model.subgraphs[0].operators[0]) // 'CONV_2D'
 */
export function operatorKind(model: Model, operator: Operator): BuiltinOperator | UnknownEnumValue {
  const code = operatorCode(model, operator)
  if (code === undefined) return 'UNKNOWN_-1'
  const { builtinCode, deprecatedBuiltinCode } = code
  if (builtinCode.startsWith('UNKNOWN_')) return builtinCode as UnknownEnumValue
  const kinds = operatorKinds()
  const older = kinds.get(deprecatedBuiltinCode)
  // Most files say the same twice.
  if (older === builtinCode) return builtinCode as BuiltinOperator
  const number = Math.max(numberOf(kinds, builtinCode)!, deprecatedBuiltinCode)
  return (kinds.get(number) as BuiltinOperator | undefined) ?? `UNKNOWN_${number}`
}

const operatorKinds = (): NumberedNames => enumSchema('BuiltinOperator')!.names

/** The builtin code of a new operator code row, in both fields of the file. */
export function builtinCodeFields(
  kind: BuiltinOperator,
): Pick<OperatorCode, 'builtinCode' | 'deprecatedBuiltinCode'> {
  return { builtinCode: kind, deprecatedBuiltinCode: Math.min(numberOf(operatorKinds(), kind)!, 127) }
}

const defaultsByTable = new Map<string, Readonly<Record<string, unknown>>>()

/**
 * The options of an operator of a known kind, with the schema's defaults where the file stores none.
 *
 * @example
 * optionsOf(operator, 'CONV_2D').strideW
 */
export function optionsOf<Kind extends BuiltinOperator>(operator: Operator, kind: Kind): OptionsOf<Kind> {
  const table = optionsSchema(kind)
  if (table === undefined) return {} as OptionsOf<Kind>
  const { builtinOptions, builtinOptions2 } = operator
  const stored = [builtinOptions, builtinOptions2].find((options) => options?.kind === table)
  return (stored ?? defaultsOf(table)) as OptionsOf<Kind>
}

function defaultsOf(table: string): Readonly<Record<string, unknown>> {
  const known = defaultsByTable.get(table)
  if (known !== undefined) return known
  const { fields } = tablePlan(table)
  const defaults = Object.fromEntries(
    fields.filter(({ absent }) => absent !== undefined).map(({ name, absent }) => [name, absent]),
  )
  defaultsByTable.set(table, defaults)
  return defaults
}

const dataTypeByTensorType: Partial<Record<TensorType, DataType>> = {
  FLOAT32: 'float32',
  FLOAT64: 'float64',
  FLOAT16: 'float16',
  INT8: 'int8',
  UINT8: 'uint8',
  INT16: 'int16',
  UINT16: 'uint16',
  INT32: 'int32',
  UINT32: 'uint32',
  INT64: 'int64',
  UINT64: 'uint64',
  COMPLEX64: 'complex64',
  BOOL: 'bool',
}

/** Element type of a tensor; undefined for types without one, such as strings and packed 4-bit integers. */
export function dataTypeOf(tensor: Tensor): DataType | undefined {
  return dataTypeByTensorType[tensor.type]
}

/** How the integers of a tensor stand for real numbers; undefined unless it has scales and zero points of its own. */
export function quantizationOf(tensor: Tensor): QuantizationParameters | undefined {
  const { scale = [], zeroPoint = [], details, quantizedDimension = 0 } = tensor.quantization ?? {}
  if (scale.length === 0 || zeroPoint.length === 0 || details !== undefined) return undefined
  return { scales: scale, zeroPoints: zeroPoint.map(Number), axis: quantizedDimension }
}

/** The bytes of a buffer: a view on the file, or read now where they are not in memory; undefined where it has none. */
export function bufferBytes({ data, outside }: Buffer): Uint8Array | undefined {
  return data ?? (outside === undefined ? undefined : readRange(outside))
}

/** The constant data of a tensor, a view on the file; undefined for tensors that are computed. */
export function constantBytes(model: Model, tensor: Tensor): Uint8Array | undefined {
  const buffer = constantBuffer(model, tensor)
  return buffer === undefined ? undefined : bufferBytes(buffer)
}

/** True for a tensor with constant data; it is not read. */
export function isConstant(model: Model, tensor: Tensor): boolean {
  const { data, outside } = constantBuffer(model, tensor) ?? {}
  return data !== undefined || outside !== undefined
}

const constantBuffer = (model: Model, tensor: Tensor): Buffer | undefined =>
  tensor.buffer === 0 || tensor.isVariable ? undefined : model.buffers?.[tensor.buffer]
