import { sortedSegments } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { indicesOf } from '../shared/numbers.ts'
import { inputAt, runTimeValue } from '../shared/operands.ts'
import { prepareSegments, segmentTypes, segmentsShape } from '../shared/unsorted-segment.ts'

/** SEGMENT_SUM: slices of one segment summed; how many segments there are is known when it runs, unless they are constant. */
export const segmentSum: OperatorImplementation<'SEGMENT_SUM'> = {
  kind: 'SEGMENT_SUM',
  supports: segmentTypes,
  outputShapes(context) {
    const ids = inputAt(context, 1)
    if (!ids.constant) throw runTimeValue(context, ids)
    return [segmentsShape(context, sortedSegments(indicesOf(context, ids)))]
  },
  prepare(context) {
    const segments = sortedSegments(indicesOf(context, inputAt(context, 1)))
    return prepareSegments(context, segments, { initial: 0, fold: (a, b) => a + b })
  },
}
