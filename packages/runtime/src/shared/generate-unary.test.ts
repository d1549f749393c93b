import { ShapeError, UnsupportedError } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { dequantize } from '../ops/dequantize.ts'
import { elu } from '../ops/elu.ts'
import { exp } from '../ops/exp.ts'
import { leakyRelu } from '../ops/leaky-relu.ts'
import { log } from '../ops/log.ts'
import { logistic } from '../ops/logistic.ts'
import { quantize } from '../ops/quantize.ts'
import { relu } from '../ops/relu.ts'
import { relu6 } from '../ops/relu6.ts'
import { rsqrt } from '../ops/rsqrt.ts'
import { sqrt } from '../ops/sqrt.ts'
import { tanh } from '../ops/tanh.ts'
import type { OperatorImplementation } from '../operator.ts'
import { emittedCode } from './emitted-code.conformance.ts'
import { testContext, testTensor } from './operator-context.conformance.ts'

const options = { innerLoop: 'i16', floatProducts: 'exact' } as const
const quantized = { scale: 0.5, zeroPoint: 3 }

const quantizationOf = (type: string) => (type === 'int16' ? { scale: 2 ** -15 } : quantized)

const same = (['float32', 'int8', 'uint8'] as const).map((type) => [type, type] as const)
const cases = [
  ...[relu, relu6, logistic, tanh, leakyRelu].map((operator) => ({
    operator,
    types: [...same, ['int16', 'int16']],
  })),
  ...[elu, exp, log, rsqrt, sqrt].map((operator) => ({ operator, types: same })),
  {
    operator: quantize,
    types: [
      ['float32', 'int8'],
      ['float32', 'uint8'],
      ['float32', 'int16'],
      ['uint8', 'int8'],
      ['uint8', 'int16'],
      ['int16', 'int8'],
      ['int16', 'int16'],
    ],
  },
  {
    operator: dequantize,
    types: [
      ['int8', 'float32'],
      ['uint8', 'float32'],
      ['int16', 'float32'],
    ],
  },
] as unknown as readonly {
  readonly operator: OperatorImplementation
  readonly types: readonly (readonly ['int8', 'float32'])[]
}[]

describe.each(cases)('$operator.kind', ({ operator: { kind, generate, divides }, types }) => {
  it.each(types)('of %s to %s is generated, in shares', (inputType, outputType) => {
    const [input, output] = [
      testTensor(inputType, [40], quantizationOf(inputType)),
      testTensor(outputType, [40], quantizationOf(outputType)),
    ]
    const context = testContext(kind, [input], [output])
    const whole = generate!(context, options)!
    expect(whole).toMatchObject({ inputs: [input], output })
    expect(divides).toBe(true)
    const share = generate!(context, { ...options, share: { index: 1, count: 2 } })!
    expect(emittedCode(share.kernel)).not.toEqual(emittedCode(whole.kernel))
  })

  it('refuses what the reference refuses', () => {
    const [inputType, outputType] = types[0]!
    const [input, output] = [testTensor(inputType, [4], quantized), testTensor(outputType, [5], quantized)]
    expect(() => generate!(testContext(kind, [input], [output]), options)).toThrow(ShapeError)
    const wrong = testTensor('int64', [4])
    expect(() => generate!(testContext(kind, [input], [wrong]), options)).toThrow(UnsupportedError)
  })
})

it.each([logistic, tanh] as readonly OperatorImplementation[])(
  '$kind of int16 refuses other scales of the output than its own',
  ({ kind, generate }) => {
    const [input, output] = [1, 2 ** -14].map((scale) => testTensor('int16', [4], { scale }))
    expect(() => generate!(testContext(kind, [input], [output!]), options)).toThrow(UnsupportedError)
  },
)

it('QUANTIZE of int16 to far smaller scales is left to the reference', () => {
  const [input, output] = [testTensor('int16', [4], { scale: 1 }), testTensor('int16', [4], { scale: 1e-6 })]
  expect(quantize.generate!(testContext('QUANTIZE', [input], [output]), options)).toBeUndefined()
})

it('DEQUANTIZE of one scale for each channel is left to the reference', () => {
  const quantization = { scales: [1, 10], zeroPoints: [0, 0], axis: 0 }
  const input = { ...testTensor('int8', [2]), quantization }
  expect(
    dequantize.generate!(testContext('DEQUANTIZE', [input], [testTensor('float32', [2])]), options),
  ).toBe(undefined)
})

it('LEAKY_RELU of float32 has its slope in the code, unless it is no float32', () => {
  const tensor = testTensor('float32', [40])
  const [half, quarter, tenth] = [0.5, 0.25, 0.1].map((alpha) =>
    leakyRelu.generate!(testContext('LEAKY_RELU', [tensor], [tensor], { alpha }), options),
  )
  expect(emittedCode(half!.kernel)).not.toEqual(emittedCode(quarter!.kernel))
  expect(tenth).toBeUndefined()
})
