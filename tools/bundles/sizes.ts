/**
 * Prints how large the code of every published package is, bundled from the sources, and exits 1 when a budget is exceeded. Budgets
 * stand in `packages/NAME/size-budget.json`.
 */
import { publishedPackages } from '../packages.ts'
import { importSizes } from './size-budget.ts'
import type { ImportSize } from './size-budget.ts'

const sizes: ImportSize[] = []
for (const each of publishedPackages()) sizes.push(...(await importSizes(each)))

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(2)
const rows = [
  ['import', 'minified kB', 'gzip kB', 'budget kB', 'on demand, gzip kB', ''],
  ...sizes.map(({ name, minified, gzip, onDemand, budget }) => [
    ...[name, kilobytes(minified), kilobytes(gzip), kilobytes(budget), kilobytes(onDemand)],
    gzip > budget ? 'TOO LARGE' : '',
  ]),
]
const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
for (const row of rows)
  console.log(
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join('  ')
      .trimEnd(),
  )

const exceeded = sizes.filter(({ gzip, budget }) => gzip > budget)
console.log(`${sizes.length} sizes, ${exceeded.length} above their budget; peer dependencies are not counted`)
process.exitCode = exceeded.length === 0 ? 0 : 1
