import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** How a README says that a package is used. */
export interface ReadmeExample {
  /** Packages that it tells to install. */
  readonly installs: readonly string[]
  /** Its first example as JavaScript. */
  readonly code: string
  /** Packages that the example imports. */
  readonly imports: readonly string[]
}

/**
 * What the README in the folder of a package tells its users to do first.
 *
 * @throws Error naming what it does not say.
 */
export function readmeExample(folder: string): ReadmeExample {
  const text = readFileSync(join(folder, 'README.md'), 'utf8')
  const block = (language: string): string => {
    const [, code] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(text) ?? []
    if (code === undefined) throw new Error(`${folder}/README.md has no block of ${language}`)
    return code
  }
  const installs = [...block('sh').matchAll(/^npm install ([^#\n]+)/gm)].flatMap(([, names = '']) =>
    names.trim().split(/\s+/),
  )
  const typed = block('ts')
  const { outputText: code } = ts.transpileModule(typed, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
    },
  })
  const imports = ts
    .preProcessFile(code)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => !name.startsWith('node:') && !name.startsWith('.'))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    )
  return { installs, code, imports: [...new Set(imports)] }
}
