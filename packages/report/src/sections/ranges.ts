import type { ReportDocument, TensorFacts } from '../document.ts'
import { html } from '../page/html.ts'
import type { Html } from '../page/html.ts'
import { leastShare, percent } from '../page/numbers.ts'
import { rangePlot } from '../plots/ranges.ts'
import type { Section } from './section.ts'

/** Ranges over histograms of the activations. */
export function rangesSection({ tensors, inspected }: ReportDocument): Section | undefined {
  if (tensors.length === 0) return undefined
  return {
    id: 'ranges',
    title: 'Ranges of the activations',
    body: html`<p>
        What ${inspected} samples looked like inside the float model, on a logarithmic scale, and where each
        strategy cut them off. Cut-off values become the nearest end; unused integers are precision that is
        lost.
      </p>
      <div class="grid">${tensors.map(tensorFigure)}</div>`,
  }
}

function tensorFigure(tensor: TensorFacts): Html {
  const { saturated, unused } = tensor
  return html`<figure class="card">
    <h3>${tensor.name}</h3>
    ${rangePlot(tensor)}
    <figcaption>
      ${saturated === 0 ? 'nothing' : percent(saturated)} cut off,
      ${isNoShare(unused) ? 'none' : percent(unused)} of the integers unused
    </figcaption>
  </figure>`
}

/** A share of unused integers is a difference of floats: what would be written as 0.000 % is what rounding has left. */
const isNoShare = (share: number): boolean => Math.abs(share) < leastShare
