/** The name of an empty custom section, which engines pass over. */
const mark = 'turbo'

/**
 * Compiles a module.
 *
 * @param turbo whether V8 is to fuse 128-bit operations into 256-bit ones, where it has the flags for that.
 */
export async function compileModule(
  bytes: Uint8Array<ArrayBuffer>,
  turbo: boolean,
): Promise<WebAssembly.Module> {
  if (!turbo) return WebAssembly.compile(bytes)
  // V8 keeps the code of modules it knows: without a mark, one compiled before might be what this gets.
  const section = [0, mark.length + 1, mark.length, ...new TextEncoder().encode(mark)]
  const marked = Uint8Array.from([...bytes, ...section])
  const { withTurboFlags } = await import('./v8-flags.ts')
  return withTurboFlags(() => new WebAssembly.Module(marked))
}
