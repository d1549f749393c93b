import type { BroadcastRows } from './broadcast.ts'

/** An array of numbers or of 64-bit integers, whatever its type. */
export interface Elements<Value> {
  readonly length: number
  [index: number]: Value
}

/** Computes each output from the input at the same place. */
export type ElementsMap<From, To = From> = (input: Elements<From>, output: Elements<To>) => void

/** Computes each output from two inputs, one or both of them repeated. */
export type ElementsPairing<From, To = From> = (
  a: Elements<From>,
  b: Elements<From>,
  output: Elements<To>,
) => void

/** Applies a function to every element. */
export function mapElements<From, To = From>(compute: (value: From) => To): ElementsMap<From, To> {
  return (input, output) => {
    for (let i = 0; i < input.length; i++) output[i] = compute(input[i]!)
  }
}

/** Applies a function to every pair of elements that broadcasting brings together. */
export function pairElements<From, To = From>(
  { length, aStep, bStep, aStarts, bStarts }: BroadcastRows,
  compute: (a: From, b: From) => To,
): ElementsPairing<From, To> {
  return (a, b, output) => {
    let at = 0
    for (let row = 0; row < aStarts.length; row++) {
      let aAt = aStarts[row]!
      let bAt = bStarts[row]!
      for (const end = at + length; at < end; at++) {
        output[at] = compute(a[aAt]!, b[bAt]!)
        aAt += aStep
        bAt += bStep
      }
    }
  }
}
