import { describe, expect, it } from 'vitest'
import { functionBuilder } from '../assembler/function-builder.ts'
import { moduleBytes } from '../assembler/module.ts'
import { float32Fused, float32Loop } from '../inner-loop.ts'
import type { InnerLoop } from '../inner-loop.ts'
import { emulatedUsdot } from '../run-kernel.conformance.ts'
import { emitFusedProductCheck } from './fused-product.ts'
import { isExactDot, runsExactDot, runsFusedProducts } from './probe.ts'

const isFusedProduct = (inner: InnerLoop): boolean => isExactDot(emulatedUsdot, inner)

/** Starts a module whose start function checks an inner loop. */
function startChecked(inner: InnerLoop): void {
  const f = functionBuilder()
  emitFusedProductCheck(f, inner)
  const bytes = moduleBytes({ functions: [{ parameters: 0, code: f.finish() }], pages: 1, start: 0 })
  new WebAssembly.Instance(new WebAssembly.Module(bytes))
}

describe('products that are rounded before they are added', () => {
  it('are told apart', () => {
    expect(isFusedProduct(float32Loop)).toBe(false)
  })

  it('stop a module that checks them at its start', () => {
    expect(() => startChecked(float32Loop)).toThrow(WebAssembly.RuntimeError)
  })
})

describe('the products of this engine', () => {
  it.runIf(!runsFusedProducts())('are refused where there are none', () => {
    expect(isFusedProduct(float32Fused)).toBe(false)
  })

  it.runIf(runsExactDot())('are fused wherever the dot product is taken', () => {
    expect(isFusedProduct(float32Fused)).toBe(true)
    expect(() => startChecked(float32Fused)).not.toThrow()
  })
})
