import { viewBytes } from '@quantrx/core'
import { constantBytes, operatorKind } from './graph.ts'
import type { Buffer, Model, SubGraph } from './types.ts'

/** Operators that compare, choose, move or hide numbers: what is infinite among their constants is not meant to come out. */
const choosing: ReadonlySet<string> = new Set([
  ...['PADV2', 'SELECT', 'SELECT_V2', 'ADD', 'SUB', 'MAXIMUM', 'MINIMUM'],
  ...['BROADCAST_TO', 'CONCATENATION', 'FILL', 'TILE', 'RESHAPE', 'EXPAND_DIMS', 'SLICE', 'STRIDED_SLICE'],
])

/** The largest finite float32. */
const largest = 3.4028234663852886e38

/**
 * A model whose infinite constants are the largest finite numbers, where operators choose or hide by them: PyTorch pads images with
 * -Infinity in front of a maximum, and hides scores from a SOFTMAX with it. What comes out of these is the same, and what
 * goes in has a range.
 *
 * @returns the model itself where it has no such constants.
 *
 * @example
 * samples(open).pipe(infer(withFiniteConstants(model)), observe({ minmax: minMax() }))
 */
export function withFiniteConstants(model: Model): Model {
  const buffers: Buffer[] = [...(model.buffers ?? [])]
  const subgraphs = (model.subgraphs ?? []).map((graph) => finiteGraph(model, graph, buffers))
  const unchanged = subgraphs.every((graph, at) => graph === model.subgraphs?.[at])
  return unchanged ? model : { ...model, buffers, subgraphs }
}

function finiteGraph(model: Model, graph: SubGraph, buffers: Buffer[]): SubGraph {
  const { operators = [], tensors = [] } = graph
  const chosen = new Set(
    operators.flatMap((operator) =>
      choosing.has(operatorKind(model, operator)) ? (operator.inputs ?? []) : [],
    ),
  )
  const finite = tensors.map((tensor, at) => {
    const isDense = tensor.type === 'FLOAT32' && tensor.sparsity === undefined
    const bytes = chosen.has(at) && isDense ? constantBytes(model, tensor) : undefined
    if (bytes === undefined || bytes.byteLength % 4 !== 0) return tensor
    const values = viewBytes('float32', bytes)
    if (!values.some((value) => value === Infinity || value === -Infinity)) return tensor
    const data = values.map((value) => Math.max(-largest, Math.min(largest, value)))
    const buffer = buffers.push({ data: new Uint8Array(data.buffer), offset: 0n, size: 0n }) - 1
    return { ...tensor, buffer }
  })
  return finite.every((tensor, at) => tensor === tensors[at]) ? graph : { ...graph, tensors: finite }
}
