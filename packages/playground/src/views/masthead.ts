import { html } from 'lit/html.js'
import { icon } from '../components/icon.ts'
import type { Theme } from '../state/state.ts'
import type { View } from './view.ts'

const next: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' }

/** The name of the page, and the switch between its colors. */
export const masthead: View = ({ theme }, act) =>
  html`<header class="masthead">
    <a class="brand" href="../"><b>quantrx</b> <span>playground</span></a>
    <button
      class="quiet"
      type="button"
      aria-label="Colors: ${theme}. Change to ${next[theme]}"
      @click=${() => act({ kind: 'theme-chosen', theme: next[theme] })}
    >
      ${icon('theme')}<span>${theme}</span>
    </button>
  </header>`
