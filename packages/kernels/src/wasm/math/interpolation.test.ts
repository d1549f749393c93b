import { expect, it } from 'vitest'
import { exponentialCurve, inverseCurve } from '../../ops/softmax/int16.ts'
import { interpolatedStored, interpolationTable } from '../../shared/interpolated-table.ts'
import { get } from '../assembler/function-builder.ts'
import { elementwiseKernel } from '../elementwise/elementwise-kernel.ts'
import type { ElementwiseOperator } from '../elementwise/operator.ts'
import { unaryWalk } from '../elementwise/walk.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { beginInterpolation, stepsOf } from './interpolation.ts'

const falling = { ...exponentialCurve, transform: (real: number) => 0.5 - real / 20 }

it.each([exponentialCurve, inverseCurve, falling])('equals the reference at all int16', (curve) => {
  const operator: ElementwiseOperator = {
    ...{ name: 'int32', operandBytes: 4, outputBytes: 4, blockElements: 4, scratchBytes: 0 },
    constants: [stepsOf(interpolationTable(curve))],
    begin(f, { constants: [steps = 0] }) {
      const interpolate = beginInterpolation(f, steps)
      const quad = f.local('v128')
      return ({ operands: [operand], output, elements }) => {
        f.set(quad, operand!.vector(0))
        interpolate(quad)
        storeBytes(f, quad, 0, elements * 4, get(output), 0)
      }
    },
  }
  const input = Int32Array.from({ length: 65536 }, (_, at) => at - 32768)
  const kernel = elementwiseKernel(operator, unaryWalk(input.length))
  const result = runKernel(kernel, [input], new Int32Array(input.length))
  const evaluate = interpolatedStored(curve)
  const wrong = input.findIndex((stored, at) => result[at] !== evaluate(stored))
  if (wrong >= 0) expect.fail(`${input[wrong]}: ${result[wrong]}, expected ${evaluate(input[wrong]!)}`)
})
