import { wasm } from '@quantrx/kernels'
import type { ProgramKernels, ProgramLayout } from './emit-program.ts'
import type { BoundKernel, RuntimeTensor } from './operator.ts'

/** The functions of a graph's kernels, the first of a module, and the code that runs each of the kernels. */
export interface KernelFunctions {
  readonly functions: readonly wasm.ModuleFunction[]
  readonly calls: readonly wasm.Statement[]
}

/**
 * A function for each kernel, and one for all that have the same signature, as the layers of networks do that repeat: the engine
 * compiles it once, and so does this. A kernel that is the only one of its kind has its addresses in its code.
 */
export function kernelFunctions(
  { kernels }: Pick<ProgramKernels, 'kernels'>,
  layout: ProgramLayout,
): KernelFunctions {
  const functions: wasm.ModuleFunction[] = []
  const repeated = repeatedSignatures(kernels)
  const shared = new Map<string, number>()
  const calls = kernels.map((bound, number) => {
    const { signature } = bound.kernel
    if (signature === undefined || !repeated.has(signature)) {
      functions.push({ parameters: 0, code: kernelCode(bound, number, layout) })
      return wasm.call(functions.length - 1)
    }
    const addresses = addressList(kernelAddresses(bound, number, layout))
    const known = shared.get(signature) ?? functions.length
    if (known === functions.length) {
      shared.set(signature, known)
      functions.push({ parameters: addresses.length, code: sharedCode(bound) })
    }
    return wasm.call(known, ...addresses.map(wasm.constant))
  })
  return { functions, calls }
}

function repeatedSignatures(kernels: readonly BoundKernel[]): ReadonlySet<string> {
  const [seen, repeated] = [new Set<string>(), new Set<string>()]
  for (const { kernel } of kernels) {
    if (kernel.signature === undefined) continue
    if (seen.has(kernel.signature)) repeated.add(kernel.signature)
    seen.add(kernel.signature)
  }
  return repeated
}

/** A kernel as a function of its addresses, in the order of {@link addressList}. */
function sharedCode({ kernel, inputs, furtherOutputs = [] }: BoundKernel): Uint8Array {
  let count = 0
  const next = (): number => wasm.parameterAddress(count++)
  const addresses = {
    inputs: inputs.map(next),
    output: next(),
    furtherOutputs: furtherOutputs.map(next),
    constants: kernel.constants.map(next),
    scratch: next(),
  }
  const f = wasm.functionBuilder(count)
  kernel.emit(f, addresses)
  return f.finish()
}

/** A kernel's addresses as one list: inputs, outputs, constants, scratch. */
export function addressList(addresses: wasm.KernelAddresses): readonly number[] {
  const { inputs, output, furtherOutputs = [], constants, scratch } = addresses
  return [...inputs, output, ...furtherOutputs, ...constants, scratch]
}

/** The function of a kernel, as it stands in the code section. */
export function kernelCode(bound: BoundKernel, number: number, layout: ProgramLayout): Uint8Array {
  const f = wasm.functionBuilder()
  bound.kernel.emit(f, kernelAddresses(bound, number, layout))
  return f.finish()
}

/** Where a kernel finds its operands. */
export function kernelAddresses(
  { inputs, output, furtherOutputs = [] }: BoundKernel,
  number: number,
  layout: ProgramLayout,
): wasm.KernelAddresses {
  const addressOf = (tensor: RuntimeTensor): number => layout.tensors.get(tensor) ?? 0
  return {
    inputs: inputs.map(addressOf),
    output: addressOf(output),
    furtherOutputs: furtherOutputs.map(addressOf),
    constants: layout.constants[number] ?? [],
    scratch: layout.scratch[number] ?? 0,
  }
}
