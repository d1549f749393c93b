import type { Theme } from './state/state.ts'

const key = 'quantrx-theme'
const themes: readonly Theme[] = ['system', 'light', 'dark']

/** Colors of the whole page; kept for the next visit where the browser keeps anything. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
  try {
    localStorage.setItem(key, theme)
  } catch {
    // Private windows may have no storage: the choice then lasts as long as the page.
  }
}

/** The theme that was chosen on the last visit. */
export function keptTheme(): Theme {
  try {
    const kept = localStorage.getItem(key)
    return themes.find((theme) => theme === kept) ?? 'system'
  } catch {
    return 'system'
  }
}
