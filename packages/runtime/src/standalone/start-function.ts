import { wasm } from '@quantrx/kernels'
import type { StoredConstant } from './stored-constant.ts'

/**
 * The function that runs when a module is instantiated: it refuses to go on where the engine's dot product is not exact, then
 * restores what was stored in fewer bytes.
 */
export function startFunction(usesDot: boolean, constants: readonly StoredConstant[]): wasm.ModuleFunction {
  const f = wasm.functionBuilder()
  if (usesDot) {
    wasm.emitExactDotCheck(f, wasm.usdot)
    wasm.emitFusedProductCheck(f, wasm.float32Fused)
  }
  for (const { restore } of constants) if (restore !== undefined) f.emit(restore)
  return { parameters: 0, code: f.finish() }
}
