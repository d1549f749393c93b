import { html } from 'lit/html.js'
import { icon } from '../components/icon.ts'
import type { View } from './view.ts'

/** What the page is for, and the shortest way to see it. */
export const intro: View = ({ fetchingDemo, run, catalog }, act) =>
  html`<section class="intro">
    <h1>From float to integers, in this tab</h1>
    <p class="lead">
      Drop a <code>.tflite</code> model and a few samples. Watch the range of every layer form, see what
      integers cost, and take the smaller model with you.
    </p>
    <div class="intro-actions">
      <button
        class="primary"
        type="button"
        ?disabled=${fetchingDemo || run.kind === 'running' || catalog === undefined}
        @click=${() => act({ kind: 'demo-asked' })}
      >
        ${icon('play')} Run the demo
      </button>
      <p class="promise">
        ${icon('lock')} Your files stay here: the browser keeps this page from talking to any other server.
      </p>
    </div>
  </section>`
