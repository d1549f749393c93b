import type { Tensor } from '@quantrx/tflite'
import { sameRepresentation } from './representations.ts'
import type { Representation } from './representations.ts'

/** What has been made of constants of one model, by the constant and the form that it is stored in. */
export interface FormMap<Value> {
  /** What was made of an equal constant in an equal form before, or is made now. */
  of(source: Tensor, representation: Representation, make: () => Value): Value
}

interface Entry<Value> {
  readonly representation: Representation
  readonly value: Value
}

/** Starts an empty map. Forms are compared as they are: to write thousands of scales down as a key takes longer than to use them. */
export function formMap<Value>(): FormMap<Value> {
  const entries = new Map<string, Entry<Value>[]>()
  return {
    of(source, representation, make) {
      const key = shortKey(source, representation)
      const alike = entries.get(key) ?? []
      if (alike.length === 0) entries.set(key, alike)
      const known = alike.find((entry) => sameRepresentation(entry.representation, representation))
      if (known !== undefined) return known.value
      const value = make()
      alike.push({ representation, value })
      return value
    },
  }
}

/** Equal for equal constants and forms, and seldom for others. */
function shortKey({ buffer, shape = [] }: Tensor, representation: Representation): string {
  const constant = `${buffer} ${shape.join()} ${representation.kind}`
  if (representation.kind === 'source') return constant
  const { scales } = representation.parameters
  return `${constant} ${scales.length} ${scales[0]} ${scales.at(-1)}`
}
