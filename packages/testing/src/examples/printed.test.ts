import { expect, it } from 'vitest'
import { isPrinted } from './printed.ts'

const printed = 'rows  bytes\n----  -----\na       (12)\ntook 3 s\n'

it.each([
  ['rows bytes\n---- -----\na (12)\ntook 3 s', true],
  ['rows bytes\n…\ntook … s\n', true],
  ['rows  bytes\n…', true],
  ['a (12)', false],
  ['rows bytes\n---- -----\na (13)\ntook 3 s', false],
  ['rows bytes\n…\ntook 4 s', false],
])('compares %j', (expected, same) => expect(isPrinted(printed, expected)).toBe(same))
