/** Where text appears. */
export interface Surface {
  /** Whether it may be coloured. */
  readonly color: boolean
  /** Width of the terminal in characters; undefined where there is none, and nothing is cut. */
  readonly columns?: number
}

/** What of an output stream decides how text looks there. */
export interface OutputStream {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** A surface without colours and as wide as the text. */
export const plainSurface: Surface = { color: false }

/**
 * What a stream is for text. Colours are for terminals; `FORCE_COLOR` puts them everywhere (but `0` or `false` nowhere), and
 * where it says nothing, `NO_COLOR` nowhere (no-color.org, and Node's own rules: force-color.org).
 */
export function surfaceOf(
  { isTTY = false, columns }: OutputStream,
  variables: Readonly<Record<string, string | undefined>>,
): Surface {
  const color = colorAsked(variables) ?? (isTTY && variables['TERM'] !== 'dumb')
  return isTTY && columns !== undefined && columns > 0 ? { color, columns } : { color }
}

function colorAsked(variables: Readonly<Record<string, string | undefined>>): boolean | undefined {
  const { FORCE_COLOR: force, NO_COLOR: never } = variables
  if (force !== undefined) return force !== '0' && force !== 'false'
  return never === undefined || never === '' ? undefined : false
}
