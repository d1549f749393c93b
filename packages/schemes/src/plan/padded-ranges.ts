import type { Range } from '@quantrx/core'
import { operatorKind } from '@quantrx/tflite'
import type { GraphView } from './graph-view.ts'

const takingMaxima: ReadonlySet<string> = new Set(['MAX_POOL_2D', 'REDUCE_MAX'])

/**
 * Ranges of tensors that are padded with less than all their numbers, such as -Infinity, in front of a maximum: those of what is
 * padded, since the padding never comes out. The lowest of its integers stands for it.
 *
 * @param rangeOf Range of a tensor as it is calibrated, or of a constant.
 */
export function paddedRanges(
  graph: GraphView,
  rangeOf: (index: number) => Range | undefined,
): ReadonlyMap<number, Range> {
  return new Map(
    graph.operators.flatMap((operator): (readonly [number, Range])[] => {
      const [output = -1] = operator.outputs ?? []
      if (operatorKind(graph.model, operator) !== 'PADV2' || graph.outputs.includes(output)) return []
      const [input = -1, , value = -1] = operator.inputs ?? []
      const [range, padding] = [rangeOf(input), graph.floatConstant(value)?.[0]]
      const onlyMaxima = graph
        .consumersOf(output)
        .every((at) => takingMaxima.has(operatorKind(graph.model, graph.operators[at]!)))
      const isNeverTaken = range !== undefined && padding !== undefined && padding < range.min
      return onlyMaxima && isNeverTaken ? [[output, range]] : []
    }),
  )
}
