import { svg, html } from 'lit/html.js'
import type { SVGTemplateResult, TemplateResult } from 'lit/html.js'

/** Shapes on a grid of 24 by 24. */
const shapes = {
  upload: svg`<path d="M12 15V4m0 0L7.5 8.5M12 4l4.5 4.5M4 15v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3" />`,
  download: svg`<path d="M12 4v11m0 0 4.5-4.5M12 15l-4.5-4.5M4 17v1a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-1" />`,
  check: svg`<path d="m5 12.5 4.5 4.5L19 7.5" />`,
  lock: svg`<path d="M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Zm2 0V8a4 4 0 0 1 8 0v3" />`,
  play: svg`<path d="M8 5.5v13l10.5-6.5z" fill="currentColor" />`,
  close: svg`<path d="m6 6 12 12M18 6 6 18" />`,
  theme: svg`<path d="M12 4a8 8 0 1 0 0 16Z" fill="currentColor" /><path d="M12 4a8 8 0 0 1 0 16" />`,
  warning: svg`<path d="M12 9v4.5m0 3v.01M10.6 4.8 3.2 17.5A1.6 1.6 0 0 0 4.6 20h14.8a1.6 1.6 0 0 0 1.4-2.5L13.4 4.8a1.6 1.6 0 0 0-2.8 0Z" />`,
} satisfies Readonly<Record<string, SVGTemplateResult>>

/** A small picture that says nothing that the text beside it does not. */
export const icon = (name: keyof typeof shapes): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shapes[name]}</svg>`
