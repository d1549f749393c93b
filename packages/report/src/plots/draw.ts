import * as Plot from '@observablehq/plot'
import type { PlotOptions } from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { trusted } from '../page/html.ts'
import type { Html } from '../page/html.ts'

/** Colors of the two models in every plot, from the page's style. */
export const colors = { float: 'var(--float)', integer: 'var(--integer)', warning: 'var(--warn)' } as const

/** What plots with names of operators on their left have in common; letters stay legible where a phone makes all of it smaller. */
export const wide = {
  ...{ width: 560, marginLeft: 170, marginTop: 44 },
  style: { background: 'none', fontSize: '12px' },
} as const

/**
 * Draws a plot as SVG, without a browser. Texts and lines take the page's color, so it suits light and dark.
 *
 * @param description What a person who does not see the plot is told.
 */
export function draw(description: string, options: PlotOptions): Html {
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const svg = Plot.plot({ document, style: { background: 'none' }, ...options })
  // The description speaks for all parts; names on groups that have no role of their own help nobody.
  for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label')
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-label', description)
  return trusted(svg.outerHTML)
}
