import type { ConfigFacts, ReportDocument } from '../document.ts'
import { html } from '../page/html.ts'
import type { Html } from '../page/html.ts'
import { bytes } from '../page/numbers.ts'
import type { Section } from './section.ts'
import { tableHtml } from './table.ts'

/** All that is needed to make the result again, and to know whether it is the same. */
export function recipeSection(document: ReportDocument): Section {
  const { source, result, calibration, test, recipe, config, decisions = [] } = document
  const files = [source, result].map((file) => [file.name, bytes(file.bytes), file.sha256])
  return {
    id: 'recipe',
    title: 'How it was made',
    body: html`${tableHtml([{ heading: 'file' }, { heading: 'size', numeric: true }, { heading: 'SHA-256' }], files)}
      <p>
        Calibrated on ${calibration.samples} samples of ${calibration.name}, measured on ${test.samples}
        samples of ${test.name}.
      </p>
      ${decisions.length === 0 ? '' : decisionList(decisions)}
      ${config === undefined ? '' : configTable(config)}
      <pre tabindex="0">${JSON.stringify(recipe, undefined, 2)}</pre>`,
  }
}

const decisionList = (decisions: readonly string[]): Html =>
  html`<p>What was tried, each on top of what was taken before:</p>
    <ul>
      ${decisions.map((decision) => html`<li>${decision}</li>`)}
    </ul>`

function configTable({ file, options }: ConfigFacts): Html {
  const rows = Object.entries(options).map(([name, value]) => [name, String(value)])
  return html`<p>Options in force from the config file ${file}; the command line gave all others:</p>
    ${tableHtml([{ heading: 'option' }, { heading: 'value' }], rows)}`
}
