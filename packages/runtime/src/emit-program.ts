import { UnsupportedError } from '@quantrx/core'
import { wasm } from '@quantrx/kernels'
import { kernelFunctions } from './kernel-functions.ts'
import type { BoundKernel, RuntimeTensor } from './operator.ts'
import { alignment } from './plan-memory.ts'

/** Everything that a program keeps in memory, and where. */
export interface ProgramLayout {
  /** Address of each tensor that generated code works on. */
  readonly tensors: ReadonlyMap<RuntimeTensor, number>
  /** For each kernel, the addresses of its packed constants. */
  readonly constants: readonly (readonly number[])[]
  /** For each kernel, the address of its scratch memory. */
  readonly scratch: readonly number[]
  /** Constants and their addresses, to be written once. */
  readonly data: readonly wasm.DataSegment[]
  /** Bytes of memory in all. */
  readonly bytes: number
}

/** Kernels read a little past their operands. */
const slackBytes = 128
/** Bytes of a page of WebAssembly memory. */
export const pageBytes = 65536

/**
 * Lays out what follows the arena: packed weights and parameters of each kernel, and constants that kernels read as they are.
 * Equal ones stand there once, since threads that share an operator often have the same weights.
 *
 * @param scratch address of the scratch memory of each kernel.
 */
export function layOut(
  kernels: readonly BoundKernel[],
  tensors: ReadonlyMap<RuntimeTensor, number>,
  scratch: readonly number[],
  arenaBytes: number,
): ProgramLayout {
  const data: wasm.DataSegment[] = []
  const byLength = new Map<number, wasm.DataSegment[]>()
  const placed = new Map(tensors)
  let end = arenaBytes
  const place = (values: ArrayBufferView): number => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    const alike = byLength.get(bytes.length) ?? []
    const equal = alike.find((segment) => sameBytes(segment.bytes, bytes))
    if (equal !== undefined) return equal.address
    const address = Math.ceil(end / alignment) * alignment
    const segment = { address, bytes }
    data.push(segment)
    byLength.set(bytes.length, [...alike, segment])
    end = address + values.byteLength
    return address
  }
  for (const tensor of kernels.flatMap(({ inputs }) => inputs)) {
    if (tensor.constant && !placed.has(tensor)) placed.set(tensor, place(tensor.data))
  }
  const constants = kernels.map(({ kernel }) => kernel.constants.map(place))
  return { tensors: placed, constants, scratch, data, bytes: end + slackBytes }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, at) => byte === b[at])
}

/** What addresses of 32 bits can reach. */
const mostPages = 65_536

/**
 * Memory pages that a layout needs.
 *
 * @throws UnsupportedError for more than WebAssembly has.
 */
export function layoutPages({ bytes }: Pick<ProgramLayout, 'bytes'>): number {
  const pages = Math.ceil(bytes / pageBytes)
  if (pages <= mostPages) return pages
  throw new UnsupportedError({
    stage: 'runtime',
    subject: 'memory',
    found: `a model that needs ${bytes} bytes to run`,
    expected: `at most ${mostPages * pageBytes}`,
    nextStep: 'Use smaller inputs, or split the model',
  })
}

/** A graph's kernels, whose functions are the first of its module, and which of them each operator calls. */
export interface ProgramKernels {
  readonly kernels: readonly BoundKernel[]
  /** For each operator, numbers of kernels: one, one for each share, or none where the reference computes it. */
  readonly calls: readonly (readonly number[])[]
}

/** The module of a program that runs in one thread, with {@link operatorsFunction} exported as `run`. */
export function programModule(program: ProgramKernels, layout: ProgramLayout): Uint8Array<ArrayBuffer> {
  const { functions, calls } = kernelFunctions(program, layout)
  const run = operatorsFunction(program, (f, [kernel]) => {
    if (kernel !== undefined) f.emit(calls[kernel]!)
  })
  return wasm.moduleBytes({
    functions: [...functions, { ...run, exportName: 'run' }],
    pages: layoutPages(layout),
  })
}

/**
 * A function of two numbers that runs the operators from the one to before the other; those that the reference computes are
 * passed over.
 *
 * @param run writes the code of one operator, given the numbers of its kernels and its position.
 */
export function operatorsFunction(
  { calls }: Pick<ProgramKernels, 'calls'>,
  run: (f: wasm.FunctionBuilder, kernels: readonly number[], index: number) => void,
): wasm.ModuleFunction {
  const f = wasm.functionBuilder(2)
  const [from, to] = [wasm.get(f.parameter(0)), wasm.get(f.parameter(1))]
  calls.forEach((kernels, index) => {
    if (kernels.length === 0) return
    const at = wasm.constant(index)
    const wanted = wasm.operation(
      'i32.and',
      wasm.operation('i32.le_s', from, at),
      wasm.operation('i32.gt_s', to, at),
    )
    f.when(wanted, () => run(f, kernels, index))
  })
  return { parameters: 2, code: f.finish() }
}
