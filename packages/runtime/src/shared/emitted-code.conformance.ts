import { wasm } from '@quantrx/kernels'

/** The code of a kernel, in tests, with its operands anywhere. */
export function emittedCode(kernel: wasm.GeneratedKernel): ReturnType<wasm.FunctionBuilder['finish']> {
  const f = wasm.functionBuilder()
  kernel.emit(f, {
    inputs: [1024, 2048],
    output: 4096,
    constants: kernel.constants.map((_, at) => 8192 + at * 1024),
    scratch: 65536,
  })
  return f.finish()
}
