import { constant, load, store } from '../assembler/expression.ts'
import { functionBuilder } from '../assembler/function-builder.ts'
import { moduleBytes } from '../assembler/module.ts'
import { float32Fused, i16, usdot } from '../inner-loop.ts'
import type { InnerLoop } from '../inner-loop.ts'
import { dotCase } from './dot-case.ts'
import type { DotCase } from './dot-case.ts'

/** True when the engine runs 128-bit vectors. */
export function runsVectors(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(probeModule(i16))
}

/** True when the engine has fused products of float32, which it may still round twice. */
export function runsFusedProducts(): boolean {
  return runsVectors() && WebAssembly.validate(probeModule(float32Fused))
}

let exactDot: boolean | undefined

/** True when the dot product of {@link usdot} is exact here: found out by computing, once. */
export function runsExactDot(): boolean {
  exactDot ??= isExactDot(usdot)
  return exactDot
}

/** Addresses of sums, inputs and weights in the probe's memory. */
const [sumsAt, inputAt, weightsAt] = [0, 16, 32]

/** Enough calls for an optimizing compiler to take over: the probe looks at the code that will run, too. */
const calls = 20000
const cases = 512

/**
 * Computes dot products of extreme bytes and compares them with integers.
 *
 * @returns false, too, for an instruction that the engine does not know.
 */
export function isExactDot(inner: InnerLoop): boolean {
  const module = moduleOf(inner)
  if (module === undefined) return false
  const { exports } = new WebAssembly.Instance(module)
  const { buffer } = exports['memory'] as WebAssembly.Memory
  const step = exports['step'] as () => void
  const sums = new Int32Array(buffer, sumsAt, 4)
  const input = new Uint8Array(buffer, inputAt, 16)
  const weights = new Int8Array(buffer, weightsAt, 16)
  // Made as they are needed: most instructions that are not exact give themselves away at once.
  const made: DotCase[] = []
  for (let call = 0; call < calls; call++) {
    const { expected, ...operands } = (made[call % cases] ??= dotCase(call))
    sums.set(operands.sums)
    input.set(operands.input)
    weights.set(operands.weights)
    step()
    if (!expected.every((value, lane) => sums[lane] === value)) return false
  }
  return true
}

/** The module of {@link probeModule}; undefined where the engine does not know its instruction. */
function moduleOf(inner: InnerLoop): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(probeModule(inner))
  } catch {
    return undefined
  }
}

function probeModule(inner: InnerLoop): Uint8Array<ArrayBuffer> {
  const f = functionBuilder()
  const at = (address: number) => load('v128.load', constant(address))
  f.emit(store('v128.store', constant(sumsAt), inner.accumulate(at(sumsAt), at(inputAt), at(weightsAt))))
  return moduleBytes({ functions: [{ parameters: 0, code: f.finish(), exportName: 'step' }], pages: 1 })
}
