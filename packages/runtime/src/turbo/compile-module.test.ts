import { wasm } from '@quantrx/kernels'
import { afterEach, expect, it, vi } from 'vitest'
import { compileModule } from './compile-module.ts'

/** A module with a custom section of so many bytes. */
function moduleWith(bytes: number): Uint8Array<ArrayBuffer> {
  return wasm.moduleBytes({ functions: [], pages: 1, custom: { filling: new Uint8Array(bytes) } })
}

afterEach(() => void vi.restoreAllMocks())

it.each([
  ['small', 1000, false],
  ['large', 2 ** 19, true],
])('compiles a %s module, which must not keep a page waiting', async (_, bytes, waits) => {
  const compile = vi.spyOn(WebAssembly, 'compile')
  expect(await compileModule(moduleWith(bytes), false)).toBeInstanceOf(WebAssembly.Module)
  expect(compile).toHaveBeenCalledTimes(waits ? 1 : 0)
})

it('waits where the engine refuses to compile at once', async () => {
  const { Module } = WebAssembly
  vi.spyOn(WebAssembly, 'Module').mockImplementation(function () {
    throw new RangeError('larger than 4 kB on the main thread')
  })
  expect(await compileModule(moduleWith(1000), false)).toBeInstanceOf(Module)
})

it('refuses what is no module', async () => {
  await expect(compileModule(new Uint8Array(8), false)).rejects.toThrow(WebAssembly.CompileError)
})
