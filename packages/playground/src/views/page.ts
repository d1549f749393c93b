import { html } from 'lit/html.js'
import type { TemplateResult } from 'lit/html.js'
import { shownLayers } from '../state/questions.ts'
import { intro } from './intro.ts'
import { layersSection } from './layers.ts'
import { masthead } from './masthead.ts'
import { methodStep } from './method-step.ts'
import { modelStep } from './model-step.ts'
import { progressSection } from './progress.ts'
import { resultSection } from './result.ts'
import { samplesStep } from './samples-step.ts'
import type { View } from './view.ts'

/** The whole page. */
export const page: View = (state, act) =>
  html`${masthead(state, act)}
    <main>
      ${intro(state, act)}
      <ol class="steps">
        ${modelStep(state, act)} ${samplesStep(state, act)} ${methodStep(state, act)}
      </ol>
      <div id="outcome" class="outcome">
        ${state.run.kind === 'idle' && state.outcomes.length === 0 ? nothingYet : ''}
        ${progressSection(state, act)} ${state.run.kind === 'running' ? '' : resultSection(state, act)}
        ${shownLayers(state).length === 0 ? '' : layersSection(state, act)}
      </div>
    </main>
    <footer>
      <p>Part of <a href="../">quantrx</a>, which is TypeScript throughout. Licence: Apache-2.0.</p>
    </footer>`

const nothingYet: TemplateResult = html`<section class="nothing" aria-label="Result">
  <svg viewBox="0 0 240 64" aria-hidden="true">
    <path
      d="M8 60C40 60 52 56 66 44S92 8 112 8s30 22 48 36 36 16 72 16"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
    />
    <path d="M56 4v56M178 4v56" stroke="currentColor" stroke-width="2" stroke-dasharray="3 4" />
  </svg>
  <p>The range of every layer appears here while samples stream through the model.</p>
</section>`
