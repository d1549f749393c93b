import { wasm } from '@quantrx/kernels'
import type { StoredConstant } from './stored-constant.ts'

/** Memory after a module that holds a constant as stored has restored it, with 0xff where nothing was stored. */
export function restore(
  { segment, restore: code }: StoredConstant,
  restoring: wasm.ModuleFunction,
): Uint8Array {
  const fill = wasm.functionBuilder()
  const pageBytes = 65536
  fill.emit(wasm.fillMemory(wasm.constant(0), wasm.constant(0xff), wasm.constant(segment.address)))
  const end = segment.address + segment.bytes.length
  fill.emit(wasm.fillMemory(wasm.constant(end), wasm.constant(0xff), wasm.constant(pageBytes - end)))
  if (code !== undefined) fill.emit(code)
  const bytes = wasm.moduleBytes({
    functions: [restoring, { parameters: 0, code: fill.finish() }],
    pages: 1,
    data: [segment],
    start: 1,
  })
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes))
  return new Uint8Array((exports['memory'] as WebAssembly.Memory).buffer)
}
