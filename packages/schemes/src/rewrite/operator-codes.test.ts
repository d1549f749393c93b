import { builtinCodeFields } from '@quantrx/tflite'
import type { Model, Operator } from '@quantrx/tflite'
import { expect, it } from 'vitest'
import { operatorCodeTable } from './operator-codes.ts'

const source: Model = {
  version: 3,
  operatorCodes: [
    { ...builtinCodeFields('ADD'), version: 1 },
    { ...builtinCodeFields('CUSTOM'), customCode: 'Mine', version: 1 },
    { ...builtinCodeFields('CONV_2D'), version: 4 },
    { ...builtinCodeFields('CUSTOM'), customCode: 'Yours', version: 1 },
  ],
}
const operator = (opcodeIndex: number): Operator => ({
  ...{ opcodeIndex, customOptionsFormat: 'FLEXBUFFERS', debugMetadataIndex: -1 },
  ...{ largeCustomOptionsOffset: 0n, largeCustomOptionsSize: 0n },
})

it('has one row for each kind in use, with the newest version that any operator needs', () => {
  const table = operatorCodeTable(source)
  expect([table.keep(operator(2), 3), table.keep(operator(0), 2), table.keep(operator(0))]).toEqual([0, 1, 1])
  expect([table.add('QUANTIZE', 1), table.add('QUANTIZE', 1)]).toEqual([2, 2])
  expect(table.finish().map(({ builtinCode, version }) => [builtinCode, version])).toEqual([
    ['CONV_2D', 4],
    ['ADD', 2],
    ['QUANTIZE', 1],
  ])
})

it('keeps custom operators apart', () => {
  const table = operatorCodeTable(source)
  expect([table.keep(operator(1)), table.keep(operator(3)), table.keep(operator(1))]).toEqual([0, 1, 0])
  expect(table.finish().map(({ customCode }) => customCode)).toEqual(['Mine', 'Yours'])
})
