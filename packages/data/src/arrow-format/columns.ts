/** Which columns of an Arrow table are samples and labels. */
export interface ArrowColumns {
  /** Column of the samples; the only `arrow.fixed_shape_tensor` column by default. */
  readonly column?: string
  /** Column of the class indices; "label" by default, where there is one. */
  readonly label?: string
}
