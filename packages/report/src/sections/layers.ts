import type { ReportDocument } from '../document.ts'
import { html } from '../page/html.ts'
import { decibels, real } from '../page/numbers.ts'
import { layerErrors } from '../plots/layer-errors.ts'
import type { Section } from './section.ts'
import { tableHtml } from './table.ts'

/** The error of every layer, drawn in the order of the graph. */
export function layersSection({ layers, inspected }: ReportDocument): Section | undefined {
  if (layers.length === 0) return undefined
  const rows = layers.map(({ index, kind, name, sqnrDb, maxAbs }) => [
    ...[String(index), kind, name, decibels(sqnrDb), real(maxAbs)],
  ])
  return {
    id: 'layers',
    title: 'Error of every layer',
    body: html`<p>
        Each output of the integer model beside the same output of the float model, over ${inspected} samples.
        Errors add up from the top to the bottom; a layer that is much worse than the one above loses accuracy
        by itself.
      </p>
      <figure>${layerErrors(layers)}</figure>
      <details>
        <summary>As a table</summary>
        ${tableHtml(
          [
            { heading: 'operator', numeric: true },
            { heading: 'kind' },
            { heading: 'output' },
            { heading: 'SQNR', numeric: true },
            { heading: 'largest error', numeric: true },
          ],
          rows,
        )}
      </details>`,
  }
}
