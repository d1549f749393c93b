/** Lets `toEqual` compare typed arrays byte by byte before it walks them. */
import { expect } from 'vitest'
import { equalBytes } from './equal-bytes.ts'

// Processes that run many files keep what was added for the first of them, and run this before each.
const added = Symbol.for('quantrx.equal-bytes')
if (!(added in globalThis)) {
  Object.assign(globalThis, { [added]: true })
  expect.addEqualityTesters([equalBytes])
}
