import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writePictures } from './pictures/write-pictures.ts'
import { writeApiPages } from './reference/api-pages.ts'
import { commandLinePage } from './reference/command-line-page.ts'
import { arithmeticPage, featuresPage } from './reference/repository-pages.ts'
import { generatedFolder } from './workspace.ts'

/** Writes everything of the site that is made from code: pictures, commands, operators, and the reference of all packages. */
export async function generatePages(): Promise<void> {
  await rm(generatedFolder, { recursive: true, force: true })
  await mkdir(generatedFolder, { recursive: true })
  await writePictures()
  await writeFile(join(generatedFolder, 'command-line.md'), await commandLinePage())
  await writeFile(join(generatedFolder, 'features.md'), featuresPage())
  await writeFile(join(generatedFolder, 'litert-operators.md'), arithmeticPage())
  await writeApiPages()
}
