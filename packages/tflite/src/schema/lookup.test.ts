import { describe, expect, it } from 'vitest'
import { builtinOperators, enums, operatorOptions, tables, unions } from './index.ts'
import { enumSchema, numberOf, optionsSchema, tableSchema, unionSchema } from './lookup.ts'

describe('what is looked up in the schema', () => {
  it.each(Object.entries(tables))('is the table %s as it is written', (name, fields) => {
    expect(Object.entries(tableSchema(name)!)).toEqual(Object.entries(fields))
  })

  it.each(Object.entries(enums))('is the enumeration %s', (name, { storage, values }) => {
    const found = enumSchema(name)!
    expect(found.storage).toBe(storage)
    expect(Object.fromEntries(Array.from(found.names, ([number, each]) => [each, number]))).toEqual(values)
  })

  it.each(Object.entries(unions))('is the union %s', (name, members) => {
    const tags = unionSchema(name)!
    expect(Object.keys(members).map((member) => numberOf(tags, member))).toEqual(Object.values(members))
    expect(tags.size).toBe(Object.keys(members).length)
  })

  it('is the option table of every kind of operator that has one', () => {
    const found = Object.keys(builtinOperators).map((kind) => [kind, optionsSchema(kind)] as const)
    expect(Object.fromEntries(found.filter(([, table]) => table !== undefined))).toEqual(operatorOptions)
  })

  it.each(['Nothing', '', 'constructor'])('is nothing for %j', (name) => {
    expect([tableSchema(name), enumSchema(name), unionSchema(name)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})
