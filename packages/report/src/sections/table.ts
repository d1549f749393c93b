import { html } from '../page/html.ts'
import type { Html } from '../page/html.ts'

/** Cells that are numbers in words are aligned to the right. */
export interface Column {
  readonly heading: string
  readonly numeric?: boolean
}

/** A table that scrolls by itself where the page is narrow. */
export function tableHtml(columns: readonly Column[], rows: readonly (readonly string[])[]): Html {
  const head = columns.map(({ heading, numeric }) =>
    numeric === true
      ? html`<th scope="col" class="number">${heading}</th>`
      : html`<th scope="col">${heading}</th>`,
  )
  const body = rows.map(
    (cells) =>
      html`<tr>
        ${cells.map((cell, at) => cellHtml(cell, columns[at]))}
      </tr>`,
  )
  return html`<div class="scroll" tabindex="0" role="group" aria-label="table">
    <table>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`
}

const cellHtml = (cell: string, column: Column | undefined): Html =>
  column?.numeric === true ? html`<td class="number">${cell}</td>` : html`<td>${cell}</td>`
