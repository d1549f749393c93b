import { foldMinimum } from '@quantrx/kernels'
import { largestOf, unsortedSegment } from '../shared/unsorted-segment.ts'

/** UNSORTED_SEGMENT_MIN of a constant number of segments; one of nothing is the largest number that has an end. */
export const unsortedSegmentMin = unsortedSegment('UNSORTED_SEGMENT_MIN', (type) => ({
  initial: largestOf[type],
  fold: foldMinimum,
}))
