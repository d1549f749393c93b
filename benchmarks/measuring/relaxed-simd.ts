import { wasm } from '@quantrx/kernels'

/** True when the engine knows the relaxed dot product, whatever it computes. */
export function engineHasRelaxedSimd(): boolean {
  const f = wasm.functionBuilder()
  const [sums, weights, input] = [f.local('v128'), f.local('v128'), f.local('v128')]
  f.set(sums, wasm.usdot.accumulate(wasm.get(sums), wasm.get(input), wasm.get(weights)))
  return WebAssembly.validate(
    wasm.moduleBytes({ functions: [{ parameters: 0, code: f.finish() }], pages: 0 }),
  )
}
