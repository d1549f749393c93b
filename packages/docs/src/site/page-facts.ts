import { readFileSync } from 'node:fs'

/** What a page of the site says of itself. */
export interface PageFacts {
  readonly title: string
  /** Its place among the pages of its folder: `order` in the front matter, the title where there is none. */
  readonly order: number
}

/** Reads title and order of a page. */
export function pageFacts(path: string): PageFacts {
  const text = readFileSync(path, 'utf8')
  const title = /^# (.+)$/m.exec(text)?.[1]
  if (title === undefined) throw new Error(`${path} has no title`)
  return { title: title.replaceAll('`', ''), order: Number(/^order: (\d+)$/m.exec(text)?.[1] ?? 1000) }
}
