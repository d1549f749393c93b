import type { ModelDescription } from '@quantrx/cli/browser'
import { figures } from '@quantrx/report'
import { html } from 'lit/html.js'
import type { TemplateResult } from 'lit/html.js'
import { failureNote } from '../components/failure-note.ts'
import { dropZone, fileButton } from '../components/file-choice.ts'
import type { FileChoice } from '../components/file-choice.ts'
import { stepCard } from '../components/step-card.ts'
import { nextStep } from '../state/questions.ts'
import type { State } from '../state/state.ts'
import type { Act, View } from './view.ts'

/** The first step: which model. */
export const modelStep: View = (state, act) =>
  stepCard({
    ...{ number: 1, title: 'Model' },
    state: state.model.kind === 'ready' ? 'done' : nextStep(state) === 'model' ? 'next' : 'waiting',
    body: body(state, act),
  })

function body({ model, run }: State, act: Act): TemplateResult {
  const choice: FileChoice = {
    ...{ label: 'Choose or drop a model', hint: 'a float .tflite file', accept: '.tflite' },
    disabled: run.kind === 'running',
    onChosen: ([first]) => first && act({ kind: 'model-chosen', file: first.file }),
  }
  switch (model.kind) {
    case 'none':
      return dropZone(choice)
    case 'reading':
      return html`<p class="file">${model.file.name}</p>
        <p class="soft" role="status">Reading…</p>`
    case 'refused':
      return html`<p class="file">${model.file.name}</p>
        ${failureNote(model.failure)} ${dropZone({ ...choice, label: 'Choose another model' })}`
    case 'ready':
      return html`<p class="file">${model.file.name}</p>
        ${facts(model.description)} ${fileButton({ ...choice, label: 'Choose another model' })}`
  }
}

function facts({ inputs, operators, parameters, macs, bytes, quantized }: ModelDescription): TemplateResult {
  const count = Object.values(operators).reduce((sum, each) => sum + each, 0)
  const kinds = Object.entries(operators).sort(([, a], [, b]) => b - a)
  const rows: readonly (readonly [string, string])[] = [
    ['Size', figures.bytes(bytes)],
    ['Input', inputs.map(({ type, shape }) => `${shape.join(' × ')} ${type.toLowerCase()}`).join(', ')],
    ['Operators', String(count)],
    ['Parameters', parameters.toLocaleString('en')],
    ['Multiplications', `${macs.toLocaleString('en')} an inference`],
  ]
  return html`<dl class="facts">
      ${rows.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    <ul class="kinds" aria-label="Kinds of operators">
      ${kinds.map(([kind, times]) => html`<li>${kind}${times > 1 ? ` × ${times}` : ''}</li>`)}
    </ul>
    ${quantized ? html`<p class="soft">Some of it is integers already; only what is float is quantized.</p>` : ''}`
}
