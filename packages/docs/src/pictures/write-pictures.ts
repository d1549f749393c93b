import { readdirSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { generatedFolder } from '../workspace.ts'
import { demoFacts } from './demo-facts.ts'
import type { DemoFacts } from './demo-facts.ts'

/** What a file of `drawings/` exports: one function, which draws the picture of the file's name. */
type Drawing = (facts: DemoFacts) => string

/** All pictures as SVG by name, drawn from what the demo model does. */
export async function drawPictures(): Promise<Readonly<Record<string, string>>> {
  const facts = await demoFacts()
  const folder = join(import.meta.dirname, 'drawings')
  const files = readdirSync(folder).filter((name) => !name.includes('.test.'))
  const drawn = files.map(async (file): Promise<[string, string]> => {
    const [draw] = Object.values(
      (await import(/* @vite-ignore */ join(folder, file))) as Record<string, Drawing>,
    )
    if (draw === undefined) throw new Error(`drawings/${file} exports nothing`)
    return [basename(file, '.ts'), draw(facts)]
  })
  return Object.fromEntries(await Promise.all(drawn))
}

/** Writes all pictures where the pages look for them. */
export async function writePictures(): Promise<void> {
  const folder = join(generatedFolder, 'pictures')
  await mkdir(folder, { recursive: true })
  for (const [name, svg] of Object.entries(await drawPictures()))
    await writeFile(join(folder, `${name}.svg`), `${svg}\n`)
}
