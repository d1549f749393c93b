/** Text that is HTML already; everything else is escaped where it is put into a page. */
export interface Html {
  readonly html: string
}

type Part = Html | string | number | undefined | readonly (Html | undefined)[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML shows it, whatever it holds. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, (each) => entities[each] ?? each)

/**
 * A piece of HTML with values put in: other pieces as they are, text and numbers escaped, undefined as nothing.
 *
 * @example
 * html`<p>${'a < b'}</p>`.html // '<p>a &lt; b</p>'
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const rendered = parts.map(render)
  return { html: strings.map((string, at) => string + (rendered[at] ?? '')).join('') }
}

/** HTML that something else has written, such as a plot. */
export const trusted = (text: string): Html => ({ html: text })

function render(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part))
  return 'html' in part ? part.html : part.map(render).join('')
}
