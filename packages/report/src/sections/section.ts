import { html } from '../page/html.ts'
import type { Html } from '../page/html.ts'

/** A part of the page that can be linked to. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly body: Html
}

/** A section with its heading. */
export const sectionHtml = ({ id, title, body }: Section): Html =>
  html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${body}
  </section> `
