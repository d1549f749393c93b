/** LOGICAL_AND of two booleans, stored as 0 and 1. */
export const both = (a: number, b: number): number => (a !== 0 && b !== 0 ? 1 : 0)
