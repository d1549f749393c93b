import { UnsupportedError } from '@quantrx/core'
import type { DataType, Shape, TensorData } from '@quantrx/core'

/** The value of a resource variable. */
export interface ResourceValue {
  readonly type: DataType
  readonly shape: Shape
  readonly data: TensorData
}

/** The resource variables of a program, and what it does once only; they outlive its runs. */
export interface Resources {
  /** The number by which operators know the variable of a name; the same for the life of the program. */
  handle(name: string): number
  /** @throws UnsupportedError for a variable that has no value yet. */
  read(handle: number): ResourceValue
  /** Keeps a copy of a value. */
  assign(handle: number, value: ResourceValue): void
  /** True the first time that it is asked about a subgraph. */
  isFirst(subgraph: number): boolean
  /** Forgets all values, and that anything has been done. */
  reset(): void
}

/** Resources without values. */
export function createResources(): Resources {
  const names: string[] = []
  const values = new Map<number, ResourceValue>()
  const done = new Set<number>()
  return {
    handle(name) {
      const known = names.indexOf(name)
      return known === -1 ? names.push(name) - 1 : known
    },
    read(handle) {
      const value = values.get(handle)
      if (value !== undefined) return value
      throw new UnsupportedError({
        stage: 'runtime',
        subject: `variable "${names[handle] ?? handle}"`,
        found: 'no value yet',
        expected: 'one that has been assigned',
        nextStep: 'Run the part of the model that assigns it first, in the same program',
      })
    },
    assign(handle, { type, shape, data }) {
      values.set(handle, { type, shape, data: data.slice() })
    },
    isFirst(subgraph) {
      const first = !done.has(subgraph)
      done.add(subgraph)
      return first
    },
    reset() {
      values.clear()
      done.clear()
    },
  }
}
