import type { ReportDocument, TensorFacts } from '../document.ts'
import { html } from '../page/html.ts'
import type { Html } from '../page/html.ts'
import { percent } from '../page/numbers.ts'
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

const tensorFigure = (tensor: TensorFacts): Html =>
  html`<figure class="card">
    <h3>${tensor.name}</h3>
    ${rangePlot(tensor)}
    <figcaption>
      ${percent(tensor.saturated)} cut off, ${percent(tensor.unused)} of the integers unused
    </figcaption>
  </figure>`
