import { figures } from '@quantrx/report'
import { html } from 'lit/html.js'
import type { TemplateResult } from 'lit/html.js'
import { live } from 'lit/directives/live.js'
import type { Outcome } from '../worker/messages.ts'
import type { View } from './view.ts'
import { capital } from './capital.ts'
import { methodText } from './words.ts'

/** All results of this model side by side; one of them is looked at. */
export const runsTable: View = ({ outcomes, selected }, act) => {
  if (outcomes.length < 2)
    return html`<p class="soft">Choose another method above and quantize again to compare the two.</p>`
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Runs">
    <table class="runs">
      <thead>
        <tr>
          <th scope="col">Method</th>
          ${columns(outcomes).map((name) => html`<th scope="col" class="figure">${capital(name)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${outcomes.map((outcome, index) =>
          row(outcome, index === selected, () => act({ kind: 'outcome-selected', index })),
        )}
      </tbody>
    </table>
  </div>`
}

const columns = ([first]: readonly Outcome[]): readonly string[] => [
  ...(first?.document.measures.map(({ name }) => name) ?? []),
  ...['size', 'time'],
]

function row({ method, document }: Outcome, checked: boolean, choose: () => void): TemplateResult {
  const { measures, result, latency } = document
  const cells = [
    ...measures.map(({ integer, unit }) => figures.measured(integer, unit)),
    figures.bytes(result.bytes),
    latency === undefined ? '' : figures.milliseconds(latency.integer),
  ]
  return html`<tr class=${checked ? 'selected' : ''}>
    <th scope="row">
      <label class="choice">
        <input type="radio" name="run" .checked=${live(checked)} @change=${choose} />
        <span>${methodText(method)}</span>
      </label>
    </th>
    ${cells.map((cell) => html`<td class="figure">${cell}</td>`)}
  </tr>`
}
