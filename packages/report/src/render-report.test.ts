import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import type { ReportDocument } from './document.ts'
import { exampleDocument } from './example-document.conformance.ts'
import { renderReport } from './render-report.ts'

const page = (changes: Partial<ReportDocument> = {}) =>
  parseHTML(renderReport({ ...exampleDocument, ...changes })).document
const textOf = (changes: Partial<ReportDocument> = {}): string =>
  (page(changes).body.textContent ?? '').replace(/\s+/g, ' ')

describe('renderReport', () => {
  it('says what came of it before anything else', () => {
    expect(page().querySelector('.verdict')?.textContent).toBe(
      'The model is 3.5× smaller, keeps 1 operator float, and is 0.50 points less accurate on 200 samples.',
    )
    expect(textOf()).toContain('top-192.0 %float: 92.5 %')
    expect(textOf()).toContain('0.5 ms2.0× faster, was 1 ms')
  })

  it.each<[Partial<ReportDocument>, string]>([
    [
      { floatOperators: [] },
      'The model is 3.5× smaller, runs in integers throughout, and is 0.50 points less accurate',
    ],
    [{ measures: [] }, 'The model is 3.5× smaller and keeps 1 operator float.'],
    [
      { measures: [{ name: 'top-1', float: 0.9, integer: 0.9, unit: 'share' }] },
      'and is as accurate as before on',
    ],
  ])('says other things of other results', (changes, expected) => {
    expect(page(changes).querySelector('.verdict')?.textContent).toContain(expected)
  })

  it('has every section, with a link to it', () => {
    const links = [...page().querySelectorAll('nav a')].map((link) => link.getAttribute('href')?.slice(1))
    expect(links).toEqual([
      'sweep',
      'float',
      'layers',
      'ranges',
      'disagreements',
      'time',
      'weights',
      'recipe',
    ])
    for (const id of links)
      expect(
        page()
          .getElementById(id ?? '')
          ?.querySelector('h2'),
      ).not.toBeNull()
  })

  it('leaves out what there is nothing to say of', () => {
    const { layers, sweep: _, ...rest } = exampleDocument
    const without = layers.map(({ latency: __, ...layer }) => layer)
    const nothing = { weights: [], tensors: [], disagreements: [], floatOperators: [] }
    const { document } = parseHTML(renderReport({ ...rest, ...nothing, layers: without }))
    const ids = [...document.querySelectorAll('section')]
    expect(ids.map(({ id }) => id)).toEqual(['layers', 'recipe'])
  })

  it('draws a plot for every figure, with words for those who do not see it', () => {
    const plots = [...page().querySelectorAll('svg')].map((svg) => svg.getAttribute('aria-label'))
    const best =
      '1: int8, minmax, 100 samples: 92.0 %, 10 kB, 0.5 ms; 3: dynamic, minmax, 100 samples: 91.5 %, 9 kB, 0.8 ms'
    expect(plots).toEqual([
      `Accuracy against size of 3 candidates. Not beaten: ${best}`,
      `Accuracy against time of 3 candidates. Not beaten: ${best}`,
      'Signal-to-noise ratio of 2 layers, the lowest 12.5 dB',
      'Values of <conv>. Ranges: minmax 0 to 6; percentile:99.9 0 to 4',
      'Time of 2 layers, float and integer',
      'Smallest and largest weights of 2 channels of kernel',
    ])
    expect(page().querySelectorAll('section#layers rect')).toHaveLength(2)
    // Bins 0 to 3 have values; of the last one, none.
    expect(page().querySelectorAll('section#ranges rect')).toHaveLength(3)
  })

  it('compares the candidates of a sweep, and says which one the page is about', () => {
    const section = page().getElementById('sweep')!
    const text = section.textContent!.replace(/\s+/g, ' ')
    expect(text).toContain('4 candidates, of 2 strategies, 2 schemes and 1 sample count')
    expect(text).toContain('Nothing beats 2 of them')
    expect(text).toContain('number 1, the most accurate one')
    expect(text).toContain('The float model: 35 kB, 1 ms, top-1 92.5 %.')
    expect(text).toContain('● int8 · ▲ dynamic')
    const remarks = [...section.querySelectorAll('tbody tr')].map((row) => row.lastElementChild?.textContent)
    expect(remarks).toEqual(['not beaten, this page', '', 'not beaten', 'the same file as 3'])
  })

  it('plots ratios where all candidates are equally accurate', () => {
    const candidates = exampleDocument.sweep!.candidates.map((each) => ({ ...each, top1: 1 }))
    const sweep = { ...exampleDocument.sweep!, candidates }
    expect(page({ sweep }).querySelector('#sweep svg')?.textContent).toContain('output SQNR (dB)')
    expect(page().querySelector('#sweep svg')?.textContent).toContain('top-1 (%)')
  })

  it('says what was tried for the result, where something was', () => {
    const listed = page().querySelectorAll('#recipe li')
    expect([...listed].map((item) => item.textContent)).toEqual(exampleDocument.decisions)
    expect(page({ decisions: [] }).querySelector('#recipe ul')).toBeNull()
  })

  it('names classes where their names are known', () => {
    expect(textOf()).toContain('float: class 1, 60.0 %integer: class 0, 55.0 % · label 1')
    expect(textOf({ classNames: ['<cat>', 'dog'] })).toContain(
      'float: dog (class 1), 60.0 %integer: <cat> (class 0), 55.0 % · label dog (class 1)',
    )
    expect(textOf({ classNames: ['', 'dog'] })).toContain('integer: class 0, 55.0 % · label dog')
  })

  it('says which options a config file gave', () => {
    const section = page().getElementById('recipe')!
    expect(section.textContent).toContain('from the config file quantrx.config.json;')
    const rows = [...section.querySelectorAll('table')[1]!.querySelectorAll('tbody tr')]
    expect(rows.map((row) => [...row.children].map(({ textContent }) => textContent))).toEqual([
      ['observer', 'minmax'],
      ['samples', '100'],
      ['biasCorrection', 'false'],
    ])
    const { config: _, ...without } = exampleDocument
    expect(renderReport(without)).not.toContain('config file')
  })

  it.each([
    [{ saturated: 0.0004, unused: 0.1 }, '0.040 % cut off, 10.0 % of the integers unused'],
    [{ saturated: 0, unused: 0 }, 'nothing cut off, none of the integers unused'],
    [{ saturated: 1e-6, unused: 2 ** -53 }, 'less than 0.001 % cut off, none of the integers unused'],
    [{ saturated: 0, unused: -(2 ** -53) }, 'nothing cut off, none of the integers unused'],
  ])('says of a range with %j what it costs', (shares, text) => {
    const [tensor] = exampleDocument.tensors
    expect(textOf({ tensors: [{ ...tensor!, ...shares }] })).toContain(text)
  })

  it('escapes names, whatever they hold', () => {
    const html = renderReport({ ...exampleDocument, title: '<script>alert(1)</script>' })
    expect(html).not.toContain('<script>')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('needs nothing from elsewhere', () => {
    const html = renderReport(exampleDocument)
    expect(html.match(/(?:src|href)="(?!#|data:)[^"]*"/g)).toBeNull()
    expect(html).not.toContain('<script')
    expect(html.match(/url\(/g)).toBeNull()
  })

  it('is the same for the same document', () => {
    expect(renderReport(exampleDocument)).toBe(renderReport(exampleDocument))
  })
})
