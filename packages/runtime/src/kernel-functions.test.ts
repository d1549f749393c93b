import { wasm } from '@quantrx/kernels'
import { expect, it } from 'vitest'
import { programModule } from './emit-program.ts'
import type { ProgramLayout } from './emit-program.ts'
import { kernelFunctions } from './kernel-functions.ts'
import { testTensor } from './shared/operator-context.conformance.ts'

/** Copies the second i32 of its input to that of its output. */
function copyingKernel(signature?: string): wasm.GeneratedKernel {
  return {
    ...{ name: 'copy', constants: [], scratchBytes: 0 },
    ...(signature === undefined ? {} : { signature }),
    emit: (f, { inputs: [from = 0], output }) => {
      const value = wasm.load('i32.load', wasm.constant(from + 4))
      f.emit(wasm.store('i32.store', wasm.constant(output + 4), value))
    },
  }
}

/** From each tensor to the next. */
function chain(signatures: readonly (string | undefined)[]) {
  const tensors = Array.from({ length: signatures.length + 1 }, () => testTensor('int32', [4]))
  const kernels = signatures.map((signature, at) => ({
    kernel: copyingKernel(signature),
    inputs: [tensors[at]!],
    output: tensors[at + 1]!,
  }))
  const layout: ProgramLayout = {
    tensors: new Map(tensors.map((tensor, at) => [tensor, at * 16])),
    constants: kernels.map(() => []),
    scratch: kernels.map(() => 0),
    data: [],
    bytes: 16 * tensors.length,
  }
  return { program: { kernels, calls: kernels.map((_, at) => [at]) }, layout }
}

it.each([
  [[undefined, undefined], 2],
  [['a', 'b'], 2],
  [['a', 'a', undefined, 'b', 'a'], 3],
])('kernels of signatures %j are %i functions', (signatures, count) => {
  const { program, layout } = chain(signatures)
  const { functions, calls } = kernelFunctions(program, layout)
  expect(functions).toHaveLength(count)
  expect(calls).toHaveLength(signatures.length)
  const module = new WebAssembly.Module(programModule(program, layout))
  const { exports } = new WebAssembly.Instance(module)
  const values = new Int32Array((exports['memory'] as WebAssembly.Memory).buffer)
  values[1] = 7
  ;(exports['run'] as (from: number, to: number) => void)(0, signatures.length)

  const written = signatures.map((_, at) => values[at * 4 + 5])
  expect(written).toEqual(signatures.map(() => 7))
})
