import { foldMaximum } from '@quantrx/kernels'
import { smallestOf, unsortedSegment } from '../shared/unsorted-segment.ts'

/** UNSORTED_SEGMENT_MAX of a constant number of segments; one of nothing is the smallest number that has an end. */
export const unsortedSegmentMax = unsortedSegment('UNSORTED_SEGMENT_MAX', (type) => ({
  initial: smallestOf[type],
  fold: foldMaximum,
}))
