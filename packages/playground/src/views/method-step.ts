import type { AlgorithmName } from '@quantrx/algorithms'
import { html } from 'lit/html.js'
import type { TemplateResult } from 'lit/html.js'
import { live } from 'lit/directives/live.js'
import { selectField } from '../components/select-field.ts'
import { stepCard } from '../components/step-card.ts'
import { canRun, nextStep, presetOf } from '../state/questions.ts'
import type { State } from '../state/state.ts'
import type { Catalog, Method, NamedMethod } from '../worker/messages.ts'
import type { Act, View } from './view.ts'
import { algorithmTexts, observerTexts, presetTitle, schemeTexts } from './words.ts'

/** The third step: how to quantize, and the button that starts it. */
export const methodStep: View = (state, act) =>
  stepCard({
    ...{ number: 3, title: 'Method' },
    state: nextStep(state) === 'method' ? 'next' : 'waiting',
    body: html`${
        state.catalog === undefined
          ? html`<p class="soft" role="status">Starting…</p>`
          : choices(state, state.catalog, act)
      }
      <button
        class="primary wide"
        type="button"
        ?disabled=${!canRun(state)}
        @click=${() => act({ kind: 'run-asked' })}
      >
        Quantize
      </button>`,
  })

function choices(state: State, catalog: Catalog, act: Act): TemplateResult {
  const { method, run } = state
  const [disabled, preset] = [run.kind === 'running', presetOf(state, method)]
  const choose = (change: Partial<Method>): void =>
    act({ kind: 'method-chosen', method: { ...method, ...change } })
  return html`<fieldset class="presets" ?disabled=${disabled}>
      <legend class="unseen">Preset</legend>
      ${catalog.presets.map((each) => presetChoice(each, preset?.name === each.name, choose))}
    </fieldset>
    <details class="details">
      <summary>Details${preset === undefined ? ': your own' : ''}</summary>
      ${selectField({
        ...{ label: 'Scheme', value: method.scheme, disabled },
        options: catalog.schemes.map((name) => [name, worded(name, schemeTexts)]),
        onChosen: (scheme) => choose({ scheme }),
      })}
      ${selectField({
        ...{ label: 'Ranges', value: method.observer, disabled },
        options: catalog.observers.map((name) => [name, worded(name, observerTexts)]),
        onChosen: (observer) => choose({ observer }),
      })}
      <fieldset ?disabled=${disabled}>
        <legend>Improvements</legend>
        ${catalog.algorithms.map((name) => algorithmChoice(name, catalog, method, choose))}
      </fieldset>
    </details>`
}

type Choose = (change: Partial<Method>) => void

const presetChoice = (
  { name, purpose, scheme, observer, algorithms }: NamedMethod,
  checked: boolean,
  choose: Choose,
): TemplateResult =>
  html`<label class="choice">
    <input
      type="radio"
      name="preset"
      .checked=${live(checked)}
      @change=${() => choose({ scheme, observer, algorithms })}
    />
    <span><b>${presetTitle(name)}</b><span class="soft">${purpose}</span></span>
  </label>`

function algorithmChoice(
  name: AlgorithmName,
  catalog: Catalog,
  { algorithms }: Method,
  choose: Choose,
): TemplateResult {
  const checked = algorithms.includes(name)
  const others = catalog.algorithms.filter((each) => (each === name ? !checked : algorithms.includes(each)))
  return html`<label class="choice">
    <input type="checkbox" .checked=${live(checked)} @change=${() => choose({ algorithms: others })} />
    <span>${algorithmTexts[name] ?? name}</span>
  </label>`
}

const worded = (name: string, texts: Readonly<Record<string, string>>): string =>
  texts[name] === undefined ? name : `${name}: ${texts[name]}`
