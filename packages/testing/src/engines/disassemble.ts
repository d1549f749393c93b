import loadWabt from 'wabt'

let loading: ReturnType<typeof loadWabt> | undefined

/**
 * A WebAssembly module in the text format, as the WebAssembly Binary Toolkit writes it; its data are left out.
 *
 * @throws Error for a module that is not valid.
 */
export async function disassemble(module: Uint8Array): Promise<string> {
  loading ??= loadWabt()
  const { readWasm } = await loading
  const parsed = readWasm(module, { simd: true, relaxed_simd: true, bulk_memory: true })
  try {
    parsed.validate()
    return parsed.toText({}).replace(/^ *\(data .*$/gm, '')
  } finally {
    parsed.destroy()
  }
}

/**
 * What in a module has to do with floating-point numbers: instructions, constants, parameters and variables, each once.
 *
 * @example
 * await floatingPoint(module) // ['f32.add', 'f32x4.splat', 'local f32']
 */
export async function floatingPoint(module: Uint8Array): Promise<readonly string[]> {
  const found = (await disassemble(module)).match(/(local |param |result )?\b([a-z]\w*\.\w*)?f(32|64)[\w.]*/g)
  return [...new Set(found ?? [])].sort()
}
