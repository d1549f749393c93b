/**
 * The commands of a shell block, each as its words: comments dropped, lines that end with a backslash joined, single and double
 * quotes taken off. Nothing else of a shell is understood, and `&&` stands between two commands.
 */
export function shellCommands(code: string): readonly (readonly string[])[] {
  return code
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .flatMap((line) => split(words(line), '&&'))
    .filter((command) => command.length > 0)
}

function words(line: string): readonly string[] {
  const found = line.matchAll(/(?:^|\s)(#.*$)|'([^']*)'|"([^"]*)"|([^\s'"]+)/g)
  return [...found].flatMap(([, comment, single, double, bare]) =>
    comment === undefined ? [single ?? double ?? bare ?? ''] : [],
  )
}

function split(all: readonly string[], separator: string): readonly (readonly string[])[] {
  const at = all.indexOf(separator)
  return at < 0 ? [all] : [all.slice(0, at), ...split(all.slice(at + 1), separator)]
}
