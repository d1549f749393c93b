import { foldProduct } from '@quantrx/kernels'
import { unsortedSegment } from '../shared/unsorted-segment.ts'

/** UNSORTED_SEGMENT_PROD of a constant number of segments. */
export const unsortedSegmentProd = unsortedSegment('UNSORTED_SEGMENT_PROD', (type) => ({
  initial: 1,
  fold: foldProduct[type],
}))
