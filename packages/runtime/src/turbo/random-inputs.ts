import { bytesPerElement, seededRandom, viewBytes } from '@quantrx/core'
import type { Tensor } from '@quantrx/core'
import type { Program } from '../program.ts'

/** One tensor per input of a program: normally distributed real numbers, or integers of the whole range of their type. */
export function randomInputs({ inputs }: Pick<Program, 'inputs'>, seed: number): readonly Tensor[] {
  const random = seededRandom(seed)
  return inputs.map(({ type, shape, data: { length } }) => {
    if (type === 'float32') return { type, shape, data: Float32Array.from({ length }, () => random.normal()) }
    const bytes = Uint8Array.from({ length: length * bytesPerElement(type) }, () => random.integer(256))
    return { type, shape, data: viewBytes(type, bytes) } as Tensor
  })
}
