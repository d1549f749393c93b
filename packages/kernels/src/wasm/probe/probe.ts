import { constant, load, store } from '../assembler/expression.ts'
import { functionBuilder } from '../assembler/function-builder.ts'
import { moduleBytes } from '../assembler/module.ts'
import { i16, usdot } from '../inner-loop.ts'
import type { InnerLoop } from '../inner-loop.ts'

/** True when the engine runs 128-bit vectors. */
export function runsVectors(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(probeModule(i16))
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

/**
 * Computes dot products of extreme bytes, where an instruction that saturates sums of pairs or takes only seven bits of the
 * input gives itself away, and compares them with integers.
 */
export function isExactDot(inner: InnerLoop): boolean {
  const bytes = probeModule(inner)
  if (!WebAssembly.validate(bytes)) return false
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes))
  const { buffer } = exports['memory'] as WebAssembly.Memory
  const step = exports['step'] as () => void
  const sums = new Int32Array(buffer, sumsAt, 4)
  const input = new Uint8Array(buffer, inputAt, 16)
  const weights = new Int8Array(buffer, weightsAt, 16)
  const isExact = (seed: number): boolean => {
    const expected = [0, 0, 0, 0].map((_, lane) => {
      const start = lane * 1000003 * (seed & 1 ? 1 : -1)
      sums[lane] = start
      let sum = start
      for (let at = lane * 4; at < lane * 4 + 4; at++) {
        input[at] = extremeInputs[(seed >> (at % 7)) % extremeInputs.length]!
        weights[at] = extremeWeights[(seed >> (at % 5)) % extremeWeights.length]!
        sum += input[at]! * weights[at]!
      }
      return sum
    })
    step()
    return expected.every((value, lane) => sums[lane] === value)
  }
  for (let seed = 0; seed < calls; seed++) if (!isExact(seed)) return false
  return true
}

const extremeInputs = [255, 255, 128, 127, 0, 254, 1]
const extremeWeights = [127, -128, 127, -128, -127, 1, -1]

function probeModule(inner: InnerLoop): Uint8Array<ArrayBuffer> {
  const f = functionBuilder()
  const at = (address: number) => load('v128.load', constant(address))
  f.emit(store('v128.store', constant(sumsAt), inner.accumulate(at(sumsAt), at(inputAt), at(weightsAt))))
  return moduleBytes({ functions: [{ parameters: 0, code: f.finish(), exportName: 'step' }], pages: 1 })
}
