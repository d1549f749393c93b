import type { ReportDocument, SweepFacts, SweptFacts } from '../document.ts'
import { html } from '../page/html.ts'
import type { Html } from '../page/html.ts'
import { bytes, decibels, milliseconds, percent } from '../page/numbers.ts'
import { costs, paretoPlot, schemeLetters } from '../plots/pareto.ts'
import type { Section } from './section.ts'
import { tableHtml } from './table.ts'

/** The candidates that were compared: accuracy against size and time, and all of it as a table. */
export function sweepSection({ sweep, test }: ReportDocument): Section | undefined {
  if (sweep === undefined) return undefined
  const { candidates, chosen, float } = sweep
  const unbeaten = candidates.filter(({ pareto, sameAs }) => pareto && sameAs === undefined).length
  const accuracy = float.top1 === undefined ? '' : `, top-1 ${percent(float.top1)}`
  return {
    id: 'sweep',
    title: 'What it was chosen among',
    body: html`<p>
        ${describeCandidates(candidates)}, all judged by the ${test.samples} samples of ${test.name}. Nothing
        beats ${unbeaten} of them: no other is as accurate, as small and as fast, and better in one of these.
        They are the filled points. The rest of this page is about number ${chosen + 1}, the most accurate
        one, in the ring. The float model: ${bytes(float.bytes)}, ${milliseconds(float.medianMs)}${accuracy}.
      </p>
      <div class="grid plots">
        ${costs.map((cost) => html`<figure class="card">${paretoPlot(sweep, cost)}</figure>`)}
      </div>
      <p class="soft">${legend(sweep)}</p>
      ${candidateTable(sweep)}`,
  }
}

function describeCandidates(candidates: readonly SweptFacts[]): string {
  const counted = (values: readonly unknown[], name: string): string => {
    const { size } = new Set(values)
    return `${size} ${name}${size === 1 ? '' : 's'}`
  }
  const of = [
    counted(
      candidates.map(({ observer }) => observer),
      'strategy',
    ).replace('strategys', 'strategies'),
    counted(
      candidates.map(({ scheme }) => scheme),
      'scheme',
    ),
    counted(
      candidates.map(({ samples }) => samples),
      'sample count',
    ),
  ]
  return `${candidates.length} candidates, of ${of.slice(0, -1).join(', ')} and ${of.at(-1)}`
}

const legend = (sweep: SweepFacts): string =>
  schemeLetters(sweep)
    .map(({ scheme, letter }) => `${letter} ${scheme}`)
    .join(' · ')

function candidateTable({ candidates, chosen }: SweepFacts): Html {
  const labelled = candidates.some(({ top1 }) => top1 !== undefined)
  const corrected = candidates.some(({ algorithms }) => algorithms.length > 0)
  const columns = [
    { heading: 'number', numeric: true },
    ...[{ heading: 'scheme' }, { heading: 'ranges' }, { heading: 'samples', numeric: true }],
    ...(corrected ? [{ heading: 'algorithms' }] : []),
    ...(labelled ? [{ heading: 'top-1', numeric: true }] : []),
    ...['agreement', 'SQNR', 'size', 'time'].map((heading) => ({ heading, numeric: true })),
    { heading: 'remark' },
  ]
  const rows = candidates.map((each, at) => [
    ...[String(at + 1), each.scheme, each.observer, String(each.samples)],
    ...(corrected ? [each.algorithms.join(', ')] : []),
    ...(labelled ? [each.top1 === undefined ? '' : percent(each.top1)] : []),
    ...[percent(each.agreement), decibels(each.outputSqnrDb), bytes(each.bytes), milliseconds(each.medianMs)],
    remark(each, at === chosen),
  ])
  return tableHtml(columns, rows)
}

function remark({ pareto, sameAs }: SweptFacts, chosen: boolean): string {
  if (sameAs !== undefined) return `the same file as ${sameAs + 1}`
  return [...(pareto ? ['not beaten'] : []), ...(chosen ? ['this page'] : [])].join(', ')
}
