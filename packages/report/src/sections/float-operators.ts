import type { ReportDocument } from '../document.ts'
import { tableHtml } from './table.ts'
import type { Section } from './section.ts'

/** What stayed float, and why. */
export function floatOperatorsSection({ floatOperators }: ReportDocument): Section | undefined {
  if (floatOperators.length === 0) return undefined
  const rows = floatOperators.map(({ index, kind, reason }) => [String(index), kind, reason])
  const columns = [{ heading: 'operator', numeric: true }, { heading: 'kind' }, { heading: 'reason' }]
  return { id: 'float', title: 'What stayed float', body: tableHtml(columns, rows) }
}
