import { unsortedSegment } from '../shared/unsorted-segment.ts'

/** UNSORTED_SEGMENT_SUM of a constant number of segments. */
export const unsortedSegmentSum = unsortedSegment('UNSORTED_SEGMENT_SUM', () => ({
  initial: 0,
  fold: (a, b) => a + b,
}))
