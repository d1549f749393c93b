import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { parameterAddress } from '../assembler/expression.ts'
import { functionBuilder } from '../assembler/function-builder.ts'
import { floatRequantizeEpilogue } from '../epilogue/requantize-float.ts'
import { i16 } from '../inner-loop.ts'
import type { InnerLoop } from '../inner-loop.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { emulatedUsdot } from '../run-kernel.conformance.ts'
import type { Span } from '../share.ts'
import { convolutionCases, randomIntegers, randomRequantization, shapesOf } from './cases.conformance.ts'
import type { ConvolutionCase } from './cases.conformance.ts'
import { conv2dKernel } from './conv-2d.ts'

interface Variant {
  readonly inner?: InnerLoop
  readonly zeroPoint?: number
  readonly channels?: Span
  /** A weight that replaces the first. */
  readonly weight?: number
}

/** A kernel whose weights and parameters follow from the seed. */
function kernelOf(each: ConvolutionCase, seed: number, variant: Variant = {}): GeneratedKernel {
  const { inner = emulatedUsdot, zeroPoint = 3, channels, weight } = variant
  const random = seededRandom(seed)
  const shapes = shapesOf(each, false)
  const geometry = conv2dGeometry(shapes)
  const length = shapes.filter.slice(1).reduce((total, size) => total * size, 1)
  const filter = Int16Array.from(randomIntegers(random, each.outputs * length, -127, 127))
  if (weight !== undefined) filter[0] = weight
  const requantization = randomRequantization(seed, each.outputs, length, 'uint8', 'xnnpack')
  const epilogue = floatRequantizeEpilogue({ ...requantization, zeroPoint: 7, range: { min: 0, max: 255 } })
  const kind = inner === i16 ? 'int16' : 'uint8'
  const form = { kind, signed: false, zeroPoint } as const
  return conv2dKernel({ geometry, form, inner, epilogue, filter, channels })!
}

/** Its code as a function of addresses. */
function codeOf(kernel: GeneratedKernel): string {
  const constants = kernel.constants.map((_, index) => parameterAddress(3 + index))
  const f = functionBuilder(3 + constants.length)
  const addresses = {
    inputs: [parameterAddress(0)],
    output: parameterAddress(1),
    scratch: parameterAddress(2),
  }
  kernel.emit(f, { ...addresses, constants })
  return Buffer.from(f.finish()).toString('latin1')
}

describe.each([emulatedUsdot, i16])('$name', (inner) => {
  it('equal signatures have equal code, whatever the weights', () => {
    const codes = new Map<string, string>()
    for (const each of convolutionCases) {
      for (const seed of [1, 2]) {
        const kernel = kernelOf(each, seed, { inner })
        const code = codeOf(kernel)
        if (!codes.has(kernel.signature!)) codes.set(kernel.signature!, code)
        else if (code !== codes.get(kernel.signature!)) expect.fail(`${JSON.stringify(each)} has other code`)
      }
    }
    expect(codes.size).toBeGreaterThan(convolutionCases.length * 0.9)
  })
})

describe('the signature differs', () => {
  const pointwise = { size: [4, 4], channels: 8, outputs: 64 } as const
  const signatureOf = (variant: Variant): string | undefined => kernelOf(pointwise, 1, variant).signature
  it.each<Variant>([
    { inner: i16 },
    { zeroPoint: 4 },
    { channels: { from: 0, to: 32 } },
    { channels: { from: 32, to: 64 } },
    // In a step of its own.
    { weight: 130 },
  ])('with %j', (variant) => {
    expect(signatureOf(variant)).not.toBe(signatureOf({}))
  })
})
