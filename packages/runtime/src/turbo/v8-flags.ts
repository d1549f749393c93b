/** What of Node is used; reached without an import that a browser's bundler would stumble over. */
interface NodeProcess {
  readonly versions?: { readonly v8?: string }
  readonly execArgv?: readonly string[]
  getBuiltinModule?(name: 'v8'): { setFlagsFromString(flags: string): void }
}

const { process } = globalThis as { readonly process?: NodeProcess }

/** The first version of V8, that of Node 24, whose flags do something; earlier ones complain of them on stderr, too. */
const firstVersion = 13

/** True where the flags of {@link withTurboFlags} can be set: in Node, with a V8 that knows them. */
export function hasTurboFlags(version = process?.versions?.v8): boolean {
  return process?.getBuiltinModule !== undefined && parseInt(version ?? '0', 10) >= firstVersion
}

/**
 * How to set each flag, and how to set it back. The first one fuses 128-bit operations, but in the optimizing compiler only: so
 * that one has to compile everything at once. It cannot inline then, for nothing has been counted yet.
 */
const turboFlags = [
  ['--experimental-wasm-revectorize', '--no-experimental-wasm-revectorize'],
  ['--no-liftoff', '--liftoff'],
  ['--no-wasm-lazy-compilation', '--wasm-lazy-compilation'],
  ['--no-wasm-inlining', '--wasm-inlining'],
] as const

/**
 * What `compile` returns, with V8's flags set while it works. They hold for the whole process, so it must not wait for
 * anything: what else is compiled keeps the default.
 */
export function withTurboFlags<Result>(compile: () => Result): Result {
  const { setFlagsFromString } = process!.getBuiltinModule!('v8')
  const ours = turboFlags.filter(([on]) => process?.execArgv?.includes(on) !== true)
  for (const [on] of ours) setFlagsFromString(on)
  try {
    return compile()
  } finally {
    for (const [, off] of ours) setFlagsFromString(off)
  }
}
