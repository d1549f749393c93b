import { wasm } from '@quantrx/kernels'
import type { BoundKernel, RuntimeTensor } from './operator.ts'
import { alignment } from './plan-memory.ts'

/** Everything that a program keeps in memory, and where. */
export interface ProgramLayout {
  /** Address of each tensor that generated code works on. */
  readonly tensors: ReadonlyMap<RuntimeTensor, number>
  /** For each operator, the addresses of its packed constants. */
  readonly constants: readonly (readonly number[])[]
  /** For each operator, the address of its scratch memory. */
  readonly scratch: readonly number[]
  /** Constants and their addresses, to be written once. */
  readonly data: readonly wasm.DataSegment[]
  /** Bytes of memory in all. */
  readonly bytes: number
}

/** Kernels read a little past their operands. */
const slackBytes = 128
const pageBytes = 65536

/**
 * Lays out what follows the arena: packed weights and parameters of each kernel, and constants that kernels read as they are.
 *
 * @param kernels one for each operator, undefined for those that the reference runs.
 * @param scratch address of the scratch memory of each operator.
 */
export function layOut(
  kernels: readonly (BoundKernel | undefined)[],
  tensors: ReadonlyMap<RuntimeTensor, number>,
  scratch: readonly number[],
  arenaBytes: number,
): ProgramLayout {
  const data: wasm.DataSegment[] = []
  const placed = new Map(tensors)
  let end = arenaBytes
  const place = (values: ArrayBufferView): number => {
    const address = Math.ceil(end / alignment) * alignment
    data.push({ address, bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) })
    end = address + values.byteLength
    return address
  }
  for (const tensor of kernels.flatMap((bound) => bound?.inputs ?? [])) {
    if (tensor.constant && !placed.has(tensor)) placed.set(tensor, place(tensor.data))
  }
  const constants = kernels.map((bound) => bound?.kernel.constants.map(place) ?? [])
  return { tensors: placed, constants, scratch, data, bytes: end + slackBytes }
}

/** Memory pages that a layout needs. */
export const layoutPages = ({ bytes }: ProgramLayout): number => Math.ceil(bytes / pageBytes)

/**
 * The module of a program: a function for each kernel, and `run(from, to)`, which runs the operators from one to before
 * another. Operators without a kernel are passed over.
 */
export function programModule(
  kernels: readonly (BoundKernel | undefined)[],
  layout: ProgramLayout,
): Uint8Array<ArrayBuffer> {
  const functions: wasm.ModuleFunction[] = []
  const run = wasm.functionBuilder(2)
  const [from, to] = [wasm.get(run.parameter(0)), wasm.get(run.parameter(1))]
  kernels.forEach((bound, index) => {
    if (bound === undefined) return
    const at = wasm.constant(index)
    const wanted = wasm.operation(
      'i32.and',
      wasm.operation('i32.le_s', from, at),
      wasm.operation('i32.gt_s', to, at),
    )
    run.when(wanted, () => run.emit(wasm.call(functions.length)))
    functions.push({ parameters: 0, code: kernelCode(bound, index, layout) })
  })
  return wasm.moduleBytes({
    functions: [...functions, { parameters: 2, code: run.finish(), exportName: 'run' }],
    pages: layoutPages(layout),
  })
}

/** The function of a kernel, as it stands in the code section. */
export function kernelCode(
  { kernel, inputs, output }: BoundKernel,
  index: number,
  layout: ProgramLayout,
): wasm.Bytes {
  const f = wasm.functionBuilder()
  const addressOf = (tensor: RuntimeTensor): number => layout.tensors.get(tensor) ?? 0
  kernel.emit(f, {
    inputs: inputs.map(addressOf),
    output: addressOf(output),
    constants: layout.constants[index] ?? [],
    scratch: layout.scratch[index] ?? 0,
  })
  return f.finish()
}
