import { compile } from '@quantrx/runtime'
import type { CompileOptions, Program } from '@quantrx/runtime'
import type { Contestant } from '../measuring/rounds.ts'
import type { LoadedModel } from '../models/model-files.ts'

/** Ways to run a float model, the one that decides bits first and the fastest last. */
export const floatOptions = {
  exact: { floatProducts: 'exact' },
  fused: { floatProducts: 'fused' },
} as const satisfies Readonly<Record<string, CompileOptions>>

/** Ways to run an integer model. */
export const integerOptions = {
  xnnpack: { arithmetic: 'xnnpack' },
  tflite: { arithmetic: 'tflite' },
} as const satisfies Readonly<Record<string, CompileOptions>>

/** Ways to run faster that must be asked for; `undefined` stands for one that the runtime does not offer yet. */
export const fasterOptions: Readonly<Record<'twoThreads' | 'turbo', CompileOptions | undefined>> = {
  twoThreads: { threads: 2 },
  turbo: { turbo: true },
}

/** A model in quantrx. */
export interface QuantrxContestant extends Contestant {
  readonly program: Program
}

/** Compiles a model with quantrx. */
export async function openQuantrx(
  { model, inputs }: LoadedModel,
  options: CompileOptions,
): Promise<QuantrxContestant> {
  const program = await compile(model, options)
  return { program, run: () => void program.run(inputs) }
}
