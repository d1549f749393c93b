import type { Model } from '@quantrx/tflite'
import { buildProgram } from '../build-program.ts'
import type { GraphOptions } from '../graph.ts'
import type { Program } from '../program.ts'
import { sameResults } from './same-results.ts'
import { hasTurboFlags } from './v8-flags.ts'

/** What tests replace. */
export interface TurboHost {
  readonly available: boolean
  build(model: Model, options: GraphOptions): Promise<Program>
}

/**
 * A program whose 128-bit operations V8 has fused into 256-bit ones; one without, saying why, where V8 cannot do that or where
 * what it does differs from the same program compiled without, at any tensor of a few random inputs.
 */
export async function buildTurboProgram(
  model: Model,
  options: GraphOptions,
  { available, build }: TurboHost = { available: hasTurboFlags(), build: buildProgram },
): Promise<Program> {
  if (!available || options.innerLoop === 'reference')
    return { ...(await build(model, options)), turbo: 'unavailable' }
  const plain = await build(model, { ...options, threads: 1 })
  const fused = await build(model, { ...options, turbo: true })
  if (sameResults(plain, fused)) return { ...fused, turbo: 'on' }
  fused.close()
  return { ...(await build(model, options)), turbo: 'refused' }
}
