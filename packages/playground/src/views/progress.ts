import { html } from 'lit/html.js'
import type { TemplateResult } from 'lit/html.js'
import { failureNote } from '../components/failure-note.ts'
import { icon } from '../components/icon.ts'
import type { Step } from '../worker/messages.ts'
import type { State } from '../state/state.ts'
import type { Act, View } from './view.ts'
import { stepTexts } from './words.ts'

/** What the worker is at, or why it has no result. */
export const progressSection: View = (state, act) => {
  switch (state.run.kind) {
    case 'idle':
      return html``
    case 'cancelled':
      return html`<p class="cancelled" role="status">Cancelled. Nothing was kept.</p>`
    case 'failed':
      return failureNote(state.run.failure)
    case 'running':
      return running(state, state.run, act)
  }
}

function running(
  { method }: State,
  { step, done, total }: { readonly step: Step; readonly done: number; readonly total?: number },
  act: Act,
): TemplateResult {
  const steps: readonly Step[] = ['calibrate', ...method.algorithms, 'measure']
  // Algorithms that choose among others do steps that nobody asked for.
  const at = steps.includes(step) ? steps.indexOf(step) : 1
  return html`<section class="progress" aria-label="Progress">
    <ol>
      ${steps.map(
        (each, position) =>
          html`<li class=${position < at ? 'past' : position === at ? 'present' : 'future'}>
            <span class="dot" aria-hidden="true">${position < at ? icon('check') : ''}</span>
            <span>${stepTexts[each] ?? each}</span>
            ${position === at ? html`<span class="count">${counted(step, done, total)}</span>` : ''}
          </li>`,
      )}
    </ol>
    <p class="unseen" role="status">${stepTexts[step] ?? step}</p>
    <button type="button" class="quiet" @click=${() => act({ kind: 'cancel-asked' })}>
      ${icon('close')} Cancel
    </button>
  </section>`
}

function counted(step: Step, done: number, total: number | undefined): string {
  if (done === 0) return ''
  if (total !== undefined) return `${done} of ${total}`
  return `${done} ${step === 'calibrate' || step === 'measure' ? 'sample' : 'operator'}${done === 1 ? '' : 's'}`
}
