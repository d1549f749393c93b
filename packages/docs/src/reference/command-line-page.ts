import { main } from '@quantrx/cli'
import { parseHelp } from './help-text.ts'
import type { HelpEntry, HelpText } from './help-text.ts'

const introduction = `Made from what \`npx quantrx COMMAND --help\` prints.

Exit codes are 0 (done), 1 (failed) and 2 (wrong usage). With \`--json\`, a command prints one JSON document on stdout and nothing else
there; progress and messages go to stderr. Files are written whole or not at all.
`

/** The page of all commands and their options, from what `--help` prints of each. */
export async function commandLinePage(): Promise<string> {
  const program = await helpOf([])
  const names = (program.lists['Commands'] ?? []).map(({ term }) => term.split(/[ |]/)[0] ?? '')
  const sections: string[] = []
  for (const name of names.filter((each) => each !== 'help'))
    sections.push(section(name, await helpOf([name])))
  const common = Object.entries(program.lists).filter(([heading]) => heading.endsWith('ptions'))
  return [
    ...['---\noutline: 2\norder: 1\n---\n', '# Command line\n', program.description, introduction],
    ...common.map(([, entries]) => table('Options of every command', entries)),
    ...sections,
  ].join('\n')
}

async function helpOf(command: readonly string[]): Promise<HelpText> {
  let printed = ''
  const { write } = process.stdout
  process.stdout.write = (text: string | Uint8Array) => {
    printed += String(text)
    return true
  }
  try {
    const code = await main([...command, '--help'])
    if (code !== 0) throw new Error(`the help of "${command.join(' ')}" ended with ${code}`)
  } finally {
    process.stdout.write = write
  }
  return parseHelp(printed)
}

function section(name: string, { usage, description, lists, texts }: HelpText): string {
  const tables = Object.entries(lists).map(([heading, entries]) =>
    heading === globalOptions ? '' : table(heading, entries),
  )
  const blocks = Object.entries(texts).map(
    ([heading, lines]) => `${heading}:\n\n${block(lines.map(asShell))}`,
  )
  return [`## ${name}\n`, `${sentence(description)}\n`, block([`npx ${usage}`]), ...tables, ...blocks].join(
    '\n',
  )
}

/** Options of every command, which the page tells once. */
const globalOptions = 'Global Options'

/** A command as it is typed; what stands above it becomes a comment. */
const asShell = (line: string): string =>
  line.startsWith('quantrx ') ? `npx ${line}` : line === '' ? '' : `# ${line.replace(/:$/, '')}`

const sentence = (text: string): string =>
  escaped(`${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.:]$/.test(text) ? '' : '.'}`)

const block = (lines: readonly string[]): string => ['```sh', ...lines, '```\n'].join('\n')

function table(heading: string, entries: readonly HelpEntry[]): string {
  const rows = entries
    .filter(({ term }) => term !== '-h, --help')
    .map(
      ({ term, description }) => `| \`${term.replaceAll('|', String.raw`\|`)}\` | ${escaped(description)} |`,
    )
  return rows.length === 0 ? '' : [`| ${heading} | |`, '|---|---|', ...rows, ''].join('\n')
}

/** As text of a table in Markdown that becomes a template of Vue. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[|*_\\]/g, String.raw`\$&`)
    .replaceAll('<', '&lt;')
    .replaceAll('{{', '&#123;{')
