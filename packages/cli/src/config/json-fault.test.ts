import { describe, expect, it } from 'vitest'
import { jsonFault } from './json-fault.ts'

describe('jsonFault', () => {
  it.each(['null', ' {"a": [1, -2.5e3, "\\u00e9\\n", true, false, {}], "b": []}\n', '"x"', '0'])(
    'finds none in %j',
    (text) => {
      expect(() => JSON.parse(text) as unknown).not.toThrow()
      expect(jsonFault(text)).toBeUndefined()
    },
  )

  it.each([
    ['', 1, 1],
    ['{', 1, 2],
    ['{"a": }', 1, 7],
    ['{"a": 1,}', 1, 9],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ["{'a': 1}", 1, 2],
    ['[1, 02]', 1, 6],
    ['{"a": 1} x', 1, 10],
    ['["tab\there"]', 1, 2],
    ['{"a" 1}', 1, 6],
    ['// no comments\n{}', 1, 1],
  ])('finds it in %j', (text, line, column) => {
    expect(() => JSON.parse(text) as unknown).toThrow()
    expect(jsonFault(text)).toEqual({ line, column })
  })

  it('does not follow nesting without end', () => {
    expect(jsonFault('['.repeat(100_000))).toBeDefined()
  })
})
