import type { SumOrder, Tap, Window } from './tap-groups.ts'

/** A window as equal parts; the code is written for one of them. */
export interface WindowParts {
  readonly window: Window
  /** Loops over the parts, outermost first, with the taps from one part to the next; none for a window in one part. */
  readonly loops: readonly { readonly count: number; readonly step: Tap }[]
}

/** So many taps are written out for each output position. */
const largestPart = 81

/** Divides a large window into its rows, or its columns if they are summed first, or into single taps. */
export function windowParts(window: Window, order: SumOrder): WindowParts {
  const { filterHeight, filterWidth } = window
  const rows = { count: filterHeight, step: { row: 1, column: 0 } }
  const columns = { count: filterWidth, step: { row: 0, column: 1 } }
  const [slow, fast] = order === 'rows' ? [rows, columns] : [columns, rows]
  if (filterHeight * filterWidth <= largestPart) return { window, loops: [] }
  const line = order === 'rows' ? { ...window, filterHeight: 1 } : { ...window, filterWidth: 1 }
  if (fast.count <= largestPart) return { window: line, loops: [slow] }
  return { window: { ...window, filterHeight: 1, filterWidth: 1 }, loops: [slow, fast] }
}

/** Where each part starts in the window, in the order of the loops. */
export function partOrigins({ loops }: WindowParts): readonly Tap[] {
  return loops.reduce<readonly Tap[]>(
    (origins, { count, step }) =>
      origins.flatMap(({ row, column }) =>
        Array.from({ length: count }, (_, at) => ({
          row: row + at * step.row,
          column: column + at * step.column,
        })),
      ),
    [{ row: 0, column: 0 }],
  )
}
