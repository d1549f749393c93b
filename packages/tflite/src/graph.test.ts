import { expect, it } from 'vitest'
import { builtinOperators, operatorOptions, tables } from './schema/index.ts'
import { constantBytes, dataTypeOf, operatorKind, optionsOf, quantizationOf } from './graph.ts'
import type { Model, Operator, Tensor } from './types.ts'

const operator: Operator = {
  opcodeIndex: 0,
  customOptionsFormat: 'FLEXBUFFERS',
  largeCustomOptionsOffset: 0n,
  largeCustomOptionsSize: 0n,
  debugMetadataIndex: -1,
}
const tensor: Tensor = { type: 'INT8', buffer: 0, isVariable: false, hasRank: false, externalBuffer: 0 }

const withCode = (deprecatedBuiltinCode: number, builtinCode: 'ADD' | 'GELU'): Model => ({
  version: 3,
  operatorCodes: [{ deprecatedBuiltinCode, builtinCode, version: 1 }],
})

it('knows all 210 builtin operators, numbered without gaps', () => {
  const numbers = Object.values(builtinOperators)
  expect(numbers).toHaveLength(210)
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 210 }, (_, at) => at))
})

it('has a table for the options of every operator that has some', () => {
  for (const table of Object.values(operatorOptions)) expect(tables).toHaveProperty(table)
})

it('reads the larger of the two operator codes', () => {
  expect(operatorKind(withCode(3, 'ADD'), operator)).toBe('CONV_2D')
  expect(operatorKind(withCode(127, 'GELU'), operator)).toBe('GELU')
})

it('gives options the defaults of the schema where the file has none', () => {
  expect(optionsOf(operator, 'CONV_2D')).toEqual({
    padding: 'SAME',
    strideW: 0,
    strideH: 0,
    fusedActivationFunction: 'NONE',
    dilationWFactor: 1,
    dilationHFactor: 1,
    quantizedBiasType: 'FLOAT32',
  })
  expect(optionsOf(operator, 'LOGISTIC')).toEqual({})
})

it('has quantization parameters only with scales and zero points', () => {
  const quantization = { scale: [0.5], zeroPoint: [3n], quantizedDimension: 0 }
  expect(quantizationOf({ ...tensor, quantization })).toEqual({ scales: [0.5], zeroPoints: [3], axis: 0 })
  expect(quantizationOf({ ...tensor, quantization: { scale: [0.5], quantizedDimension: 0 } })).toBeUndefined()
  expect(quantizationOf(tensor)).toBeUndefined()
})

it('has no element type for packed integers', () => {
  expect(dataTypeOf(tensor)).toBe('int8')
  expect(dataTypeOf({ ...tensor, type: 'INT4' })).toBeUndefined()
})

it('takes buffer 0 and variables as computed, not constant', () => {
  const data = Uint8Array.of(1)
  const model: Model = {
    version: 3,
    buffers: [
      { data, offset: 0n, size: 0n },
      { data, offset: 0n, size: 0n },
    ],
  }
  expect(constantBytes(model, tensor)).toBeUndefined()
  expect(constantBytes(model, { ...tensor, buffer: 1 })).toBe(data)
  expect(constantBytes(model, { ...tensor, buffer: 1, isVariable: true })).toBeUndefined()
})
