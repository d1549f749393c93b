import type { ReportDocument } from '../document.ts'
import { html } from '../page/html.ts'
import { weightPlot } from '../plots/weights.ts'
import type { Section } from './section.ts'

/** The weights of every operator, channel by channel. */
export function weightsSection({ weights }: ReportDocument): Section | undefined {
  if (weights.length === 0) return undefined
  const figures = weights.map(
    (each) =>
      html`<figure class="card">
        <h3>${each.index} ${each.name}</h3>
        ${weightPlot(each)}
      </figure>`,
  )
  return {
    id: 'weights',
    title: 'Weights per channel',
    body: html`<p>
        The smallest and largest weight of every output channel. Where channels differ much, one scale for all
        of them would leave the small ones few integers: that is what a scale per channel is for.
      </p>
      <div class="grid">${figures}</div>`,
  }
}
