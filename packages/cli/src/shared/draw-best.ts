import type { BestChoice } from '@quantrx/algorithms'
import { table } from './output.ts'
import type { Table } from './output.ts'

/** What `best` tried and what it took of that, for people. */
export function drawBest({ decisions }: BestChoice): readonly (string | Table)[] {
  if (decisions.length === 0) return ['best: there was nothing to try']
  const rows = decisions.map(({ addition, taken, why }) => [addition, taken ? 'yes' : 'no', why])
  return ['best tried:', table(['addition', 'taken', 'why'], rows)]
}
