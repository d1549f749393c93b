/** The value below which `share`, 0 to 1, of the values lie, interpolated between neighbours; NaN without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const position = share * (sorted.length - 1)
  const [lower = NaN, upper = lower] = sorted.slice(Math.floor(position))
  return lower + (upper - lower) * (position % 1)
}
