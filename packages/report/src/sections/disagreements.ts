import type { Disagreement, Guess, ReportDocument } from '../document.ts'
import { html, trusted } from '../page/html.ts'
import type { Html } from '../page/html.ts'
import { percent } from '../page/numbers.ts'
import { pictureUrl } from './picture-url.ts'
import type { Section } from './section.ts'

/** The samples that the two models see differently, the surest float guesses first. */
export function disagreementsSection({
  disagreements,
  test,
  classNames = [],
}: ReportDocument): Section | undefined {
  if (disagreements.length === 0) return undefined
  return {
    id: 'disagreements',
    title: 'Where the models disagree',
    body: html`<p>
        Samples of ${test.name} that the integer model puts into another class than the float model.
      </p>
      <div class="grid pictures">${disagreements.map((each) => figure(each, classNames))}</div>`,
  }
}

function figure(
  { sample, name, label, float, integer, picture }: Disagreement,
  classNames: readonly string[],
): Html {
  const guess = (model: string, { class: index, score }: Guess): string =>
    `${model}: ${classText(index, classNames)}, ${percent(score)}`
  const title = name ?? `sample ${sample}`
  const image =
    picture === undefined
      ? undefined
      : html`<img src="${pictureUrl(picture)}" alt="input of ${title}" loading="lazy" />`
  return html`<figure class="card">
    ${image}
    <h3>${title}</h3>
    <figcaption>
      ${guess('float', float)}${trusted('<br />')}${guess('integer', integer)}${label === undefined ? '' : ` · label ${classNames[label] ? classText(label, classNames) : label}`}
    </figcaption>
  </figure>`
}

function classText(index: number, classNames: readonly string[]): string {
  const name = classNames[index] ?? ''
  return name === '' ? `class ${index}` : `${name} (class ${index})`
}
