import { wasm } from '@quantrx/kernels'
import type { ProgramKernels, ProgramLayout } from '../emit-program.ts'
import { addressList, kernelAddresses, kernelCode } from '../kernel-functions.ts'
import type { KernelFunctions } from '../kernel-functions.ts'
import { relocatableCode } from './relocatable-code.ts'

/**
 * One function for all kernels that differ in their addresses only, as the layers of networks do that are made of equal blocks. A
 * kernel that is the only one of its kind has its addresses in its code.
 */
export function shareFunctions({ kernels }: ProgramKernels, layout: ProgramLayout): KernelFunctions {
  const groups = new Map<string, { readonly code: Uint8Array | undefined; readonly members: number[] }>()
  kernels.forEach(({ kernel, inputs, furtherOutputs = [] }, number) => {
    const code = relocatableCode(kernel, inputs.length, furtherOutputs.length)
    const key = code === undefined ? `alone ${number}` : code.join()
    if (!groups.has(key)) groups.set(key, { code, members: [] })
    groups.get(key)!.members.push(number)
  })
  const functions: wasm.ModuleFunction[] = []
  const calls: wasm.Statement[] = []
  for (const { code, members } of groups.values()) {
    const [only = 0] = members
    const shared = members.length > 1 && code !== undefined
    const operands = (number: number): readonly number[] =>
      shared ? addressList(kernelAddresses(kernels[number]!, number, layout)) : []
    for (const number of members)
      calls[number] = wasm.call(functions.length, ...operands(number).map(wasm.constant))
    functions.push({
      parameters: operands(only).length,
      code: shared ? code : kernelCode(kernels[only]!, only, layout),
    })
  }
  return { functions, calls }
}
