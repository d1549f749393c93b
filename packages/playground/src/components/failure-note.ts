import { html } from 'lit/html.js'
import type { TemplateResult } from 'lit/html.js'
import type { Failure } from '../worker/messages.ts'
import { icon } from './icon.ts'

/** What went wrong: about what, what was found and expected, and what to do next. */
export const failureNote = ({ subject, found, expected, nextStep }: Failure): TemplateResult =>
  html`<div class="failure" role="alert">
    ${icon('warning')}
    <div>
      <p class="failure-subject">${subject}</p>
      <dl>
        <dt>Found</dt>
        <dd>${found}</dd>
        <dt>Expected</dt>
        <dd>${expected}</dd>
      </dl>
      ${nextStep === undefined ? '' : html`<p class="failure-next">${nextStep}.</p>`}
    </div>
  </div>`
