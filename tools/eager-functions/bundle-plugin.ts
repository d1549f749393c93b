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
  return {
    name: 'eager-functions',
    enforce: 'pre',
    transform(code, path) {
      const [, name] = /\/packages\/([^/]+)\/src\/.*\.ts$/.exec(path) ?? []
      if (name === undefined) return undefined
      const isEager = packages.get(name) ?? isEagerIn(join(workspaceRoot, 'packages', name))
      packages.set(name, isEager)
      const { outputText } = ts.transpileModule(code, {
        fileName: path,
        compilerOptions: {
          target: ts.ScriptTarget.ES2022,
          module: ts.ModuleKind.ESNext,
          verbatimModuleSyntax: true,
        },
        transformers: { after: [eagerTransformer(isEager)] },
      })
      return { code: outputText, map: null }
    },
  }
}
