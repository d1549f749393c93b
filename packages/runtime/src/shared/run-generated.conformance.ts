import { wasm } from '@quantrx/kernels'
import { tensorBytes } from '../memory.ts'
import type { BoundKernel } from '../operator.ts'
import { bytesOf } from './bytes.ts'

/** Runs generated code on the values of its inputs, in tests, and leaves the result in the memory of its output. */
export function runGenerated({ kernel, inputs, output }: BoundKernel): void {
  let end = 64
  const place = (bytes: number): number => {
    const address = Math.ceil(end / 16) * 16
    end = address + bytes + 64
    return address
  }
  const addresses = {
    inputs: inputs.map((input) => place(tensorBytes(input))),
    constants: kernel.constants.map(({ byteLength }) => place(byteLength)),
    scratch: place(kernel.scratchBytes),
    output: place(tensorBytes(output)),
  }
  const f = wasm.functionBuilder()
  kernel.emit(f, addresses)
  const functions = [{ parameters: 0, code: f.finish(), exportName: 'run' }]
  const bytes = wasm.moduleBytes({ functions, pages: Math.ceil(end / 65536) })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes))
  const memory = new Uint8Array((exports['memory'] as WebAssembly.Memory).buffer)
  inputs.forEach((input, at) => memory.set(bytesOf(input), addresses.inputs[at]))
  kernel.constants.forEach(({ buffer, byteOffset, byteLength }, at) =>
    memory.set(new Uint8Array(buffer, byteOffset, byteLength), addresses.constants[at]),
  )
  ;(exports['run'] as () => void)()
  bytesOf(output).set(memory.subarray(addresses.output, addresses.output + tensorBytes(output)))
}
