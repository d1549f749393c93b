import * as shipped from './operators/index.ts'

/** Names of the custom operators that run without being registered. */
export function shippedCustomOperators(): readonly string[] {
  return Object.values(shipped)
    .map(({ name }) => name)
    .sort()
}
