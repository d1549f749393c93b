/** Writes the pages that are made from code, for `vitepress dev`. */
import { generatePages } from './generate-pages.ts'

await generatePages()
