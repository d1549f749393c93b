import type { Elements } from '../../shared/elements.ts'

/** Where each operand of a selection has the element for each output; undefined where it has the output's shape. */
export interface SelectPositions {
  readonly condition: Int32Array | undefined
  readonly a: Int32Array | undefined
  readonly b: Int32Array | undefined
}

/** A selection ready to run. */
export type SelectKernel = <Value>(
  condition: Elements<number>,
  a: Elements<Value>,
  b: Elements<Value>,
  output: Elements<Value>,
) => void

/** SELECT and SELECT_V2: the element of `a` where the condition holds, that of `b` elsewhere. */
export function selectElements({ condition, a, b }: SelectPositions): SelectKernel {
  return (conditions, first, second, output) => {
    for (let i = 0; i < output.length; i++) {
      const holds = conditions[condition === undefined ? i : condition[i]!] !== 0
      output[i] = holds ? first[a === undefined ? i : a[i]!]! : second[b === undefined ? i : b[i]!]!
    }
  }
}
