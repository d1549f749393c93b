import { expect, it } from 'vitest'
import { exampleCalibration, modelBuilder } from '../example-models.conformance.ts'
import { quantizeModel } from '../quantize-model.ts'
import { int8 } from '../schemes/int8.ts'

const options = { kind: 'DivOptions', fusedActivationFunction: 'NONE' } as const

it.each([
  ['constants that stay apart from 0', [0.5, -2], []],
  ['constants of which one becomes 0', [0.001, 2], ['its divisor has values that become 0']],
  ['numbers that are computed', undefined, ['its divisor is computed, and may be 0 once it is quantized']],
])('divides integers by %s as far as LiteRT can', (_, constants, reasons) => {
  const { tensor, values, add, finish } = modelBuilder()
  const [input, other] = [tensor('input', [2]), tensor('other', [2])]
  const moved = add('ABS', [input], 'moved', [2])
  const divisor = constants === undefined ? other : values('divisor', ...constants)
  const model = finish([input, other], [add('DIV', [moved, divisor], 'quotient', [2], options)])
  const { floatOperators } = quantizeModel(model, exampleCalibration(model), int8())
  expect(floatOperators.map(({ reason }) => reason)).toEqual(reasons)
})
