import { bundle } from '@quantrx/testing'
import { expect, it } from 'vitest'
import { eagerFunctionsPlugin } from './bundle-plugin.ts'

/** How often an arrow function or a function expression stands in parentheses of its own. */
const eagerIn = (code: string): number => code.match(/[=(]\((?:function\(|\w+=>|\([^()]*\)=>)/g)?.length ?? 0

it('makes eager functions that minified bundles keep', async () => {
  const code = "export { readModel } from '@quantrx/tflite'"
  const [plain, eager] = await Promise.all([
    bundle({ code }),
    bundle({ code, plugins: [eagerFunctionsPlugin()] }),
  ])
  expect(eagerIn(plain[0]!.code)).toBe(0)
  expect(eagerIn(eager[0]!.code)).toBeGreaterThan(20)
})
