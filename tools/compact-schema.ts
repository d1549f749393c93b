import { join } from 'node:path'
import { enums, operatorOptions, tables, unions } from '@quantrx/tflite'
import { generatedMark } from './indexes.ts'
import { workspaceRoot } from './workspace-root.ts'

/** A table, as the schema of the package has it. */
type TableSchema = Readonly<Record<string, FieldSchema>>

interface FieldSchema {
  readonly id: number
  readonly type: string
  readonly default?: number | boolean | string
  readonly align?: number
}

type Numbers = Readonly<Record<string, number>>

/** Names with their numbers, which stand there where they are not the next ones. */
function numbered(numbers: Numbers, first: number): readonly string[] {
  let next = first
  return Object.entries(numbers).map(([name, number]) => {
    const word = number === next ? name : `${name},${number}`
    next = number + 1
    return word
  })
}

/** Fields as `name,type,default,id,align`: what is not there, or is the next id, is empty, and left out at the end. */
function fieldWords(schema: TableSchema): readonly string[] {
  let next = 0
  return Object.entries(schema).map(([name, { id, type, default: value = '', align = '' }]) => {
    const place = id === next ? '' : id
    next = id + 1
    return [name, type, value, place, align].join(',').replace(/,+$/, '')
  })
}

/** A line for each, between line ends: the name, and words. */
const lines = <Each>(all: Readonly<Record<string, Each>>, words: (each: Each) => readonly string[]): string =>
  ['', ...Object.entries(all).map(([name, each]) => [name, ...words(each)].join(' ')), ''].join('\n')

/** The schema as text, of which the codec makes what a file needs; by the path of the module that should hold it. */
export function compactSchema(): Readonly<Record<string, string>> {
  const texts = {
    tableLines: lines<TableSchema>(tables, fieldWords),
    enumLines: lines(enums, ({ storage, values }) => [storage, ...numbered(values, 0)]),
    unionLines: lines<Numbers>(unions, (members) => numbered(members, 1)),
    optionLines: lines<string>(operatorOptions, (table) => [table]),
  }
  const constants = Object.entries(texts).map(([name, text]) => `export const ${name} = \`${text}\``)
  const path = join(workspaceRoot, 'packages/tflite/src/schema/compact.ts')
  return { [path]: [generatedMark, ...constants, ''].join('\n') }
}
