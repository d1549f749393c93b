import { wasm } from '@quantrx/kernels'
import type { StoredConstant } from './stored-constant.ts'

/** What the code of a module takes for granted of an engine. */
export interface EngineNeeds {
  /** An exact dot product of bytes. */
  readonly exactDot: boolean
  /** Products of float32 that are rounded together with sums. */
  readonly fusedProducts: boolean
}

/**
 * The function that runs when a module is instantiated: it refuses to go on where the engine does not compute as needed, then
 * restores what was stored in fewer bytes.
 */
export function startFunction(
  { exactDot, fusedProducts }: EngineNeeds,
  constants: readonly StoredConstant[],
): wasm.ModuleFunction {
  const f = wasm.functionBuilder()
  if (exactDot) wasm.emitExactDotCheck(f, wasm.usdot)
  if (fusedProducts) wasm.emitFusedProductCheck(f, wasm.float32Fused)
  for (const { restore } of constants) if (restore !== undefined) f.emit(restore)
  return { parameters: 0, code: f.finish() }
}
