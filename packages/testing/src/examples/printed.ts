/**
 * Whether a text is what was printed: the same lines, whatever the number of spaces between words. `…` stands for anything,
 * several lines too, where figures differ between machines.
 */
export function isPrinted(printed: string, expected: string): boolean {
  return new RegExp(`^${expected.split('…').map(pattern).join('[^]*?')}$`).test(normalized(printed))
}

const normalized = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim().replaceAll(/\s+/g, ' '))
    .join('\n')
    .trim()

function pattern(part: string, at: number, parts: readonly string[]): string {
  const lines = part.replaceAll(/[^\S\n]+/g, ' ').replaceAll(/ ?\n ?/g, '\n')
  const start = at === 0 ? lines.trimStart() : lines
  const whole = at === parts.length - 1 ? start.trimEnd() : start
  return whole.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}
