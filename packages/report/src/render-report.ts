import type { ReportDocument } from './document.ts'
import { html, trusted } from './page/html.ts'
import { style } from './page/style.ts'
import { disagreementsSection } from './sections/disagreements.ts'
import { floatOperatorsSection } from './sections/float-operators.ts'
import { latencySection } from './sections/latency.ts'
import { layersSection } from './sections/layers.ts'
import { rangesSection } from './sections/ranges.ts'
import { recipeSection } from './sections/recipe.ts'
import { sectionHtml } from './sections/section.ts'
import { sweepSection } from './sections/sweep.ts'
import { verdict } from './sections/verdict.ts'
import { weightsSection } from './sections/weights.ts'

/** In the order in which people ask. */
const sections = [
  sweepSection,
  ...[floatOperatorsSection, layersSection, rangesSection, disagreementsSection],
  ...[latencySection, weightsSection, recipeSection],
]

/**
 * A report as one HTML page that needs nothing else: no network, no scripts. Readable in light and dark, on a phone and on
 * paper.
 *
 * @example
 * await writeFile('report.html', renderReport(document))
 */
export function renderReport(document: ReportDocument): string {
  const { title, source, scheme, observer } = document
  const shown = sections.flatMap((section) => section(document) ?? [])
  const links = shown.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title} · quantization report</title>
      <style>
        ${trusted(style)}
      </style>
    </head>
    <body>
      <header>
        <h1>${title}</h1>
        <p class="soft">Quantization report · ${source.name} · ${scheme}, ranges by ${observer}</p>
        ${verdict(document)}
        <nav aria-label="sections">
          <ul>
            ${links}
          </ul>
        </nav>
      </header>
      <main>${shown.map(sectionHtml)}</main>
      <footer><p>Made by quantrx.</p></footer>
    </body>
  </html>`
  return `<!doctype html>\n${page.html}\n`
}
