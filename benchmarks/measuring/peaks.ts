import { wasm } from '@quantrx/kernels'
import { engineHasRelaxedSimd } from './relaxed-simd.ts'
import type { Contestant, Timing } from './rounds.ts'

/** What the processor is asked for: the inner loops of the kernels, with operands that never leave the registers. */
export type PeakName = 'usdot' | 'i16' | 'float32' | 'float32-fused'

interface Loop {
  readonly inner: wasm.InnerLoop
  readonly relaxed: boolean
  /** Multiplications in one step of four sums. */
  readonly products: number
  /**
   * The operands of a step. Products of the sums themselves where sum and product are two instructions: a product of what does
   * not change would be computed once, before the loop.
   */
  operands(sums: Vector, constant: Vector): readonly [input: Vector, weights: Vector]
}

type Vector = wasm.Expression<'v128'>

const loops: Readonly<Record<PeakName, Loop>> = {
  usdot: {
    ...{ inner: wasm.usdot, relaxed: true, products: 16 },
    operands: (_, constant) => [constant, constant],
  },
  i16: { inner: wasm.i16, relaxed: false, products: 8, operands: (sums, constant) => [sums, constant] },
  float32: {
    ...{ inner: wasm.float32Loop, relaxed: false, products: 4 },
    operands: (sums, constant) => [sums, constant],
  },
  'float32-fused': {
    ...{ inner: wasm.float32Fused, relaxed: true, products: 4 },
    operands: (sums, constant) => [sums, constant],
  },
}

/** Independent sums: enough to hide how long an instruction takes, few enough for the registers. */
const sumCounts = [12, 13] as const
const steps = 10_000

/** A loop and the number of its independent sums, as name of a contestant. */
const variantName = (peak: PeakName, sums: number): string => `${peak} ${sums}`

/** Contestants that do nothing but multiply and add, as far as this engine can. */
export function peakContestants(): Readonly<Record<string, Contestant>> {
  const relaxed = engineHasRelaxedSimd()
  const entries = peakNames
    .filter((name) => relaxed || !loops[name].relaxed)
    .flatMap((name) =>
      sumCounts.map((sums) => [variantName(name, sums), { run: peakLoop(loops[name], sums) }] as const),
    )
  return Object.fromEntries(entries)
}

/** All peaks, the fastest first. */
export const peakNames = Object.keys(loops) as readonly PeakName[]

/** Peaks in GOPS by name, from the times of {@link peakContestants}: the best number of sums, undisturbed. */
export function peakGops(timings: Readonly<Record<string, Timing>>): Partial<Record<PeakName, number>> {
  const entries = peakNames.flatMap((name) => {
    const speeds = sumCounts.flatMap((sums) => {
      const timing = timings[variantName(name, sums)]
      return timing === undefined ? [] : [gops(loops[name].products * sums * steps, timing.p10Ms)]
    })
    return speeds.length === 0 ? [] : [[name, Math.max(...speeds)] as const]
  })
  return Object.fromEntries(entries)
}

/** Billions of operations a second; a multiplication and an addition are two. */
export const gops = (products: number, milliseconds: number): number => (2 * products) / (milliseconds * 1e6)

function peakLoop({ inner, operands }: Loop, count: number): () => void {
  const f = wasm.functionBuilder()
  const sums = Array.from({ length: count }, () => f.local('v128'))
  const weights = f.local('v128')
  // Minus two: a sum less twice itself changes its sign only, and so never becomes a slow, tiny number.
  f.set(weights, wasm.operation('f32x4.splat', wasm.float32(-2)))
  for (const [at, sum] of sums.entries()) f.set(sum, wasm.operation('f32x4.splat', wasm.float32(at + 1)))
  f.repeat(steps, () => {
    for (const sum of sums) {
      f.set(sum, inner.accumulate(wasm.get(sum), ...operands(wasm.get(sum), wasm.get(weights))))
    }
  })
  for (const [at, sum] of sums.entries()) {
    f.emit(wasm.store('v128.store', wasm.constant(16 * at), wasm.get(sum)))
  }
  const code = { parameters: 0, code: f.finish(), exportName: 'run' }
  const module = new WebAssembly.Module(wasm.moduleBytes({ functions: [code], pages: 1 }))
  return new WebAssembly.Instance(module).exports['run'] as () => void
}
