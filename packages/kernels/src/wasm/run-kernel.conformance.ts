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

type Output = ArrayBufferView & { readonly length: number }

/**
 * Runs a kernel twice on its inputs, in tests, with guards around its output and its scratch memory full of other values. About
 * every other one of those with a signature runs as a function of its addresses.
 *
 * @returns the output; throws when the kernel wrote beside it or when the second run differs from the first.
 */
export function runKernel<Type extends Output>(
  kernel: GeneratedKernel,
  inputs: readonly ArrayBufferView[],
  output: Type,
): Type {
  bytesOf(output).set(bytesOf(runKernels([kernel], inputs, output)[0]!))
  return output
}

/**
 * As {@link runKernel} does, several kernels on the same inputs, with memory of its own for each; in one module, since engines
 * take longer to make modules than to run what tests have in them.
 *
 * @param like has the type and the length of the outputs.
 * @returns an output for each kernel.
 */
export function runKernels<Type extends Output>(
  kernels: readonly GeneratedKernel[],
  inputs: readonly ArrayBufferView[],
  like: Type,
): readonly Type[] {
  const { placed, pages } = placeAll(kernels, inputs, like.byteLength)
  const functions = kernels.reduce<readonly ModuleFunction[]>(
    (before, kernel, at) => [...before, ...functionsOf(kernel, placed[at]!, before.length, `run${at}`)],
    [],
  )
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes({ functions, pages })))
  const memory = new Uint8Array((exports['memory'] as WebAssembly.Memory).buffer)
  memory.fill(guard)
  const write = (view: ArrayBufferView, at: number): void => memory.set(bytesOf(view), at)
  inputs.forEach((view, index) => write(view, placed[0]!.inputs[index]!))
  kernels.forEach(({ constants }, at) => {
    constants.forEach((view, index) => write(view, placed[at]!.constants[index]!))
  })
  const runAll = (): readonly Uint8Array[] =>
    kernels.map((_, at) => {
      ;(exports[`run${at}`] as () => void)()
      const { output } = placed[at]!
      expectGuards(memory, output - guardBytes)
      expectGuards(memory, output + like.byteLength)
      return memory.slice(output, output + like.byteLength)
    })
  const results = runAll()
  runAll().forEach((again, at) => {
    if (Buffer.compare(again, results[at]!) !== 0) throw new Error('the second run differs from the first')
  })
  const array = like.constructor as new (buffer: ArrayBufferLike) => Type
  return results.map(({ buffer }) => new array(buffer))
}

/** Addresses of kernels, which have their inputs in common. */
function placeAll(
  kernels: readonly GeneratedKernel[],
  inputs: readonly ArrayBufferView[],
  outputBytes: number,
): { readonly placed: readonly KernelAddresses[]; readonly pages: number } {
  let end = guardBytes
  const place = (bytes: number): number => {
    const address = aligned(end)
    end = address + bytes
    return address
  }
  const inputsAt = inputs.map(({ byteLength }) => place(byteLength))
  const placed = kernels.map(({ constants, scratchBytes }) => ({
    inputs: inputsAt,
    constants: constants.map(({ byteLength }) => place(byteLength)),
    scratch: place(scratchBytes),
    output: place(guardBytes + outputBytes + guardBytes) + guardBytes,
  }))
  return { placed, pages: Math.ceil((end + guardBytes) / 65536) }
}

const guards = new Uint8Array(guardBytes).fill(guard)

function expectGuards(memory: Uint8Array, at: number): void {
  if (Buffer.compare(memory.subarray(at, at + guardBytes), guards) !== 0)
    throw new Error('wrote beside its output')
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

/** Whether a number has an odd number of set bits: a sequence that never falls into step with lists of cases. */
const isOdd = (value: number): boolean => value !== 0 && (value % 2 === 1) !== isOdd(value >>> 1)

/** The functions of a kernel, of which one is exported, to stand at some position among others. */
function functionsOf(
  kernel: GeneratedKernel,
  addresses: KernelAddresses,
  position: number,
  exportName: string,
): readonly ModuleFunction[] {
  return kernel.signature !== undefined && isOdd(signatures++)
    ? asFunctionOfAddresses(kernel, addresses, position, exportName)
    : [{ parameters: 0, code: codeAt(kernel, addresses), exportName }]
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
  position: number,
  exportName: string,
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
  f.emit(call(position, ...values.map(constant)))
  return [
    { parameters: values.length, code },
    { parameters: 0, code: f.finish(), exportName },
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
