import { expect, it } from 'vitest'
import loadWabt from 'wabt'
import { disassemble, floatingPoint } from './disassemble.ts'

async function assemble(text: string): Promise<Uint8Array> {
  const parsed = (await loadWabt()).parseWat('test.wat', text, { simd: true })
  return parsed.toBinary({}).buffer
}

it('shows the code and not the data', async () => {
  const module = await assemble(
    '(module (memory 1) (data (i32.const 0) "f32.add") (func (drop (i32.const 7))))',
  )
  expect(await disassemble(module)).toContain('i32.const 7')
  expect(await floatingPoint(module)).toEqual([])
})

it.each([
  ['(func (drop (f32.const 1)))', ['f32.const']],
  ['(func (local f64))', ['local f64']],
  ['(func (drop (f32x4.splat (f32.convert_i32_s (i32.const 1)))))', ['f32.convert_i32_s', 'f32x4.splat']],
  // Digits are no instruction, whatever they spell.
  ['(func (drop (v128.const i32x4 0xeb3f64ff 0xf32 1 2)))', []],
  ['(func (param v128) (drop (i32x4.trunc_sat_f32x4_s (local.get 0))))', ['i32x4.trunc_sat_f32x4_s']],
])('finds the floating point in %s', async (code, expected) => {
  expect(await floatingPoint(await assemble(`(module ${code})`))).toEqual(expected)
})

it('refuses what is no module', async () => {
  await expect(disassemble(Uint8Array.of(0, 1, 2, 3))).rejects.toThrow()
})
