import { withTurboFlags } from './v8-flags.ts'

/** An empty custom section, which engines pass over. */
const mark = [0, 6, 5, ...new TextEncoder().encode('turbo')]

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
  const marked = Uint8Array.from([...bytes, ...mark])
  return withTurboFlags(() => new WebAssembly.Module(marked))
}
