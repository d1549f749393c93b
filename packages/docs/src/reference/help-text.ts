/** An argument, option or command and what is said of it. */
export interface HelpEntry {
  /** Such as `--samples <n>`. */
  readonly term: string
  readonly description: string
}

/** What `--help` prints, in parts. */
export interface HelpText {
  readonly usage: string
  /** What stands before the first section. */
  readonly description: string
  /** Lists under headings, such as `Options`. */
  readonly lists: Readonly<Record<string, readonly HelpEntry[]>>
  /** What stands under `Examples`, line by line. */
  readonly texts: Readonly<Record<string, readonly string[]>>
}

const isText = (heading: string): boolean => heading.startsWith('Examples')

/** Takes what `--help` prints apart: a usage line, a description, sections under headings that end with a colon. */
export function parseHelp(text: string): HelpText {
  const [head = '', ...sections] = text.split(/^(?=\S[^\n:]*:\n)/m)
  const [usage = '', ...description] = head.trim().split(/\n\n/)
  const parts = sections.map((section): [string, string] => {
    const at = section.indexOf(':\n')
    return [section.slice(0, at), section.slice(at + 2)]
  })
  return {
    usage: oneLine(usage.replace(/^Usage: /, '')),
    description: description.map(oneLine).join('\n\n'),
    lists: Object.fromEntries(parts.flatMap(([name, body]) => (isText(name) ? [] : [[name, entries(body)]]))),
    texts: Object.fromEntries(parts.flatMap(([name, body]) => (isText(name) ? [[name, lines(body)]] : []))),
  }
}

const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ')

const lines = (body: string): readonly string[] =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => line.trim())

/** Entries start at the second column; lines that start further right continue a description. */
function entries(body: string): readonly HelpEntry[] {
  return body.split(/^ {2}(?=\S)/m).flatMap((entry) => {
    const [, term, description = ''] = /^(.+?)(?: {2,}([^]*))?$/.exec(entry.trim()) ?? []
    return term === undefined ? [] : [{ term, description: oneLine(description) }]
  })
}
