import { html } from 'lit/html.js'
import type { TemplateResult } from 'lit/html.js'
import { icon } from './icon.ts'

/** One of the steps that lead to a result. */
export interface StepCard {
  readonly number: number
  readonly title: string
  readonly state: 'waiting' | 'next' | 'done'
  readonly body: unknown
}

/** A numbered card; the number becomes a tick when its step is done. */
export const stepCard = ({ number, title, state, body }: StepCard): TemplateResult =>
  html`<li class="card step ${state}" aria-label="Step ${number}: ${title}">
    <h2>
      <span class="number" aria-hidden="true">${state === 'done' ? icon('check') : number}</span>${title}
    </h2>
    ${body}
  </li>`
