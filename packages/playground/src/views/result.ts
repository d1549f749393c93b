import { figures, verdictSentence } from '@quantrx/report'
import type { Comparison } from '@quantrx/report'
import { html } from 'lit/html.js'
import type { TemplateResult } from 'lit/html.js'
import { failureNote } from '../components/failure-note.ts'
import { icon } from '../components/icon.ts'
import { shownOutcome } from '../state/questions.ts'
import type { State } from '../state/state.ts'
import type { Outcome } from '../worker/messages.ts'
import { capital } from './capital.ts'
import { runsTable } from './runs.ts'
import type { Act, View } from './view.ts'

/** What came of a quantization: in a sentence, in figures, as files. */
export const resultSection: View = (state, act) => {
  const outcome = shownOutcome(state)
  if (outcome === undefined) return html``
  const { document, notes } = outcome
  return html`<section class="result" aria-labelledby="verdict">
    <h2 id="verdict" class="verdict">${verdictSentence(document)}</h2>
    <ul class="figures">
      ${cards(outcome)}
    </ul>
    ${notesList(notes)} ${floatOperators(outcome)} ${downloads(state, outcome, act)} ${runsTable(state, act)}
  </section>`
}

function cards({ document: { measures, source, result, latency } }: Outcome): readonly TemplateResult[] {
  const size: Comparison = { float: source.bytes, integer: result.bytes }
  const time = latency ?? { integer: 0 }
  return [
    ...measures.map(({ name, unit, ...both }) =>
      card(capital(name), both, (value) => figures.measured(value, unit)),
    ),
    card('Size', size, figures.bytes),
    card('Time in this browser', time, figures.milliseconds),
  ]
}

const card = (
  name: string,
  { float, integer }: Comparison,
  write: (value: number) => string,
): TemplateResult =>
  html`<li>
    <span class="figure-name">${name}</span><b>${write(integer)}</b>
    <span class="soft">${float === undefined ? 'beside the float model' : `float: ${write(float)}`}</span>
  </li>`

const notesList = (notes: readonly string[]): TemplateResult =>
  notes.length === 0
    ? html``
    : html`<ul class="notes soft" aria-label="Notes">
        ${notes.map((note) => html`<li>${capital(note)}.</li>`)}
      </ul>`

function floatOperators({ document }: Outcome): TemplateResult {
  if (document.floatOperators.length === 0) return html``
  return html`<details class="details">
    <summary>${document.floatOperators.length} operators stayed float</summary>
    <ul>
      ${document.floatOperators.map(({ index, kind, reason }) => html`<li>${index} ${kind}: ${reason}</li>`)}
    </ul>
  </details>`
}

function downloads({ exporting }: State, { document, model }: Outcome, act: Act): TemplateResult {
  const making = exporting.kind === 'making' ? exporting.what : undefined
  const button = (what: 'model' | 'wasm' | 'report', label: string, detail: string): TemplateResult =>
    html`<button
      type="button"
      class=${what === 'model' ? 'primary' : ''}
      ?disabled=${making !== undefined}
      @click=${() => act({ kind: 'export-asked', what })}
    >
      ${icon('download')}
      <span>${making === what ? 'One moment…' : label} <span class="detail">${detail}</span></span>
    </button>`
  return html`<div class="downloads">
      ${button('model', document.result.name, figures.bytes(model.length))}
      ${button('wasm', 'As WebAssembly', 'runs alone')} ${button('report', 'Report', 'one HTML file')}
    </div>
    ${exporting.kind === 'failed' ? failureNote(exporting.failure) : ''}`
}
