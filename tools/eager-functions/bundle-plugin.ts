import { join } from 'node:path'
import ts from 'typescript'
import type { Plugin } from 'vite'
import { workspaceRoot } from '../workspace-root.ts'
import { eagerTransformer } from './eager-transformer.ts'
import type { IsEager } from './eager-transformer.ts'
import { isEagerIn } from './list.ts'

/** Makes of sources what the published packages have: their eager functions in parentheses. */
export function eagerFunctionsPlugin(): Plugin {
  const packages = new Map<string, IsEager>()
  const transformed = new Map<string, { readonly code: string; readonly output: string }>()
  return {
    name: 'eager-functions',
    enforce: 'pre',
    transform(code, path) {
      const [, name] = /\/packages\/([^/]+)\/src\/.*\.ts$/.exec(path) ?? []
      if (name === undefined) return undefined
      const isEager = packages.get(name) ?? isEagerIn(join(workspaceRoot, 'packages', name))
      packages.set(name, isEager)
      // Who bundles much with one plugin meets most modules again.
      const known = transformed.get(path)
      const output = known?.code === code ? known.output : withEagerFunctions(code, path, isEager)
      transformed.set(path, { code, output })
      return { code: output, map: null }
    },
  }
}

function withEagerFunctions(code: string, path: string, isEager: IsEager): string {
  const { outputText } = ts.transpileModule(code, {
    fileName: path,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
    transformers: { after: [eagerTransformer(isEager)] },
  })
  return outputText
}
