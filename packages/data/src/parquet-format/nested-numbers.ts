import { elementCount } from '@quantrx/core'
import type { Shape, Tensor } from '@quantrx/core'
import { dataError } from '../data-error.ts'

/** Lists of lists of numbers, or arrays of them. */
type Nested = ArrayLike<unknown>

/**
 * Nested lists as a tensor: float32, or int64 where the numbers are 64-bit integers. A flat list that fills `wanted` takes its
 * shape.
 *
 * @param wanted Shape of the model's input, where it is known.
 * @throws DataError for lists of different lengths, missing numbers, and anything else than numbers.
 */
export function nestedTensor(subject: string, value: unknown, wanted: Shape | undefined): Tensor {
  const shape = shapeOf(subject, value)
  const flat = (shape.length === 1 ? value : flatten(value, shape, subject)) as ArrayLike<unknown>
  const fits = shape.length === 1 && wanted !== undefined && elementCount(wanted) === shape[0]
  return { ...numbers(subject, flat), shape: fits ? wanted : shape } as Tensor
}

const isNested = (value: unknown): value is Nested =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))

function shapeOf(subject: string, value: unknown): Shape {
  const shape: number[] = []
  let at = value
  while (isNested(at)) {
    shape.push(at.length)
    at = at[0]
  }
  if (shape.length > 0) return shape
  throw dataError(subject, shown(value), 'a list of numbers')
}

function flatten(value: unknown, shape: Shape, subject: string): unknown[] {
  const [size = 0, ...rest] = shape
  if (!isNested(value) || value.length !== size) {
    const found = isNested(value) ? `a list of ${value.length}` : shown(value)
    throw dataError(subject, found, `${size} elements, as the lists before it have`)
  }
  const elements = Array.from(value)
  return rest.length === 0 ? elements : elements.flatMap((each) => flatten(each, rest, subject))
}

function numbers(subject: string, flat: ArrayLike<unknown>) {
  if (typeof flat[0] === 'bigint') {
    const data = new BigInt64Array(flat.length)
    for (let at = 0; at < data.length; at++) data[at] = checked(subject, flat[at], at, 'bigint') as bigint
    return { type: 'int64' as const, data }
  }
  const data = new Float32Array(flat.length)
  for (let at = 0; at < data.length; at++) data[at] = checked(subject, flat[at], at, 'number') as number
  return { type: 'float32' as const, data }
}

function checked(subject: string, value: unknown, at: number, type: 'number' | 'bigint'): unknown {
  if (typeof value === type) return value
  throw dataError(subject, `${shown(value)} at position ${at}`, 'numbers')
}

const shown = (value: unknown): string => (value === null || value === undefined ? 'nothing' : String(value))
