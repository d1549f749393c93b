import { call, constant, parameterAddress } from './assembler/expression.ts'
import { functionBuilder } from './assembler/function-builder.ts'
import { moduleBytes } from './assembler/module.ts'
import type { ModuleFunction } from './assembler/module.ts'
import { usdot } from './inner-loop.ts'
import type { InnerLoop } from './inner-loop.ts'
import type { GeneratedKernel, KernelAddresses } from './kernel.ts'
import { exactDot } from './probe/exact-dot.ts'

const guardBytes = 64
/** What memory that a kernel did not write holds. */
export const guard = 0xa5

/** How many kernels with a signature have run. */
let signatures = 0

const aligned = (address: number): number => Math.ceil(address / 16) * 16

/**
 * Runs a kernel twice on its inputs, in tests, with guards around its output and its scratch memory full of other values. Every other
 * one of those with a signature runs as a function of its addresses.
 *
 * @returns the output; throws when the kernel wrote beside it or when the second run differs from the first.
 */
export function runKernel<Output extends ArrayBufferView & { readonly length: number }>(
  kernel: GeneratedKernel,
  inputs: readonly ArrayBufferView[],
  output: Output,
): Output {
  let end = guardBytes
  const place = (bytes: number): number => {
    const address = aligned(end)
    end = address + bytes
    return address
  }
  const addresses = {
    inputs: inputs.map(({ byteLength }) => place(byteLength)),
    constants: kernel.constants.map(({ byteLength }) => place(byteLength)),
    scratch: place(kernel.scratchBytes),
    output: place(guardBytes + output.byteLength) + guardBytes,
  }
  const pages = Math.ceil((end + 2 * guardBytes) / 65536)
  const functions =
    kernel.signature !== undefined && signatures++ % 2 === 1
      ? asFunctionOfAddresses(kernel, addresses)
      : [{ parameters: 0, code: codeAt(kernel, addresses), exportName: 'run' }]
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes({ functions, pages })))
  const memory = new Uint8Array((exports['memory'] as WebAssembly.Memory).buffer)
  memory.fill(guard)
  const write = (view: ArrayBufferView, at: number): void =>
    memory.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), at)
  inputs.forEach((view, index) => write(view, addresses.inputs[index]!))
  kernel.constants.forEach((view, index) => write(view, addresses.constants[index]!))
  const run = exports['run'] as () => void
  run()
  const result = new Uint8Array(output.buffer, output.byteOffset, output.byteLength)
  result.set(memory.subarray(addresses.output, addresses.output + output.byteLength))
  const before = memory.subarray(addresses.output - guardBytes, addresses.output)
  const after = memory.subarray(
    addresses.output + output.byteLength,
    addresses.output + output.byteLength + guardBytes,
  )
  if (![...before, ...after].every((byte) => byte === guard)) throw new Error('wrote beside its output')
  run()
  if (!result.every((byte, at) => byte === memory[addresses.output + at]))
    throw new Error('the second run differs from the first')
  return output
}

function codeAt({ emit }: GeneratedKernel, addresses: KernelAddresses, parameters = 0): Uint8Array {
  const f = functionBuilder(parameters)
  emit(f, addresses)
  return f.finish()
}

/** A function that has the addresses of the kernel as parameters, and one that calls it with some. */
function asFunctionOfAddresses(
  kernel: GeneratedKernel,
  { inputs, constants, scratch, output }: KernelAddresses,
): readonly ModuleFunction[] {
  const values = [...inputs, output, scratch, ...constants]
  const first = inputs.length
  const code = codeAt(
    kernel,
    {
      inputs: inputs.map((_, index) => parameterAddress(index)),
      output: parameterAddress(first),
      scratch: parameterAddress(first + 1),
      constants: constants.map((_, index) => parameterAddress(first + 2 + index)),
    },
    values.length,
  )
  const f = functionBuilder()
  f.emit(call(0, ...values.map(constant)))
  return [
    { parameters: values.length, code },
    { parameters: 0, code: f.finish(), exportName: 'run' },
  ]
}

/**
 * The dot product that `usdot` should be, made of baseline instructions: tests everything around the instruction on machines
 * that do not have it.
 */
export const emulatedUsdot: InnerLoop = {
  ...usdot,
  name: 'usdot, emulated',
  accumulate: exactDot,
}
