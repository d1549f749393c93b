import type { ReportDocument } from '../document.ts'
import { html } from '../page/html.ts'
import { latencyPlot } from '../plots/latencies.ts'
import type { Section } from './section.ts'

/** Time of every operator, before and after. */
export function latencySection({ layers }: ReportDocument): Section | undefined {
  if (!layers.some(({ latency }) => latency !== undefined)) return undefined
  return {
    id: 'time',
    title: 'Time of every operator',
    body: html`<p>
        Medians on the machine that made this report, on one thread, the float model above and the integer
        model below in each pair. Other machines differ.
      </p>
      <figure>${latencyPlot(layers)}</figure>`,
  }
}
