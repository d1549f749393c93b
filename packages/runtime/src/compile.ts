import { wasm } from '@quantrx/kernels'
import type { Arithmetic } from '@quantrx/kernels'
import type { Model } from '@quantrx/tflite'
import type { Shape } from '@quantrx/core'
import type { CustomOperators } from './custom/custom-operator.ts'
import { subgraphOf } from './signature.ts'
import { buildProgram, buildProgramAtOnce } from './build-program.ts'
import type { GraphOptions } from './graph.ts'
import { chooseInnerLoop } from './inner-loop.ts'
import type { InnerLoopChoice } from './inner-loop.ts'
import type { FloatProducts } from './operator.ts'
import type { Program } from './program.ts'
import { threadHost } from './threads/host.ts'
import { usableThreads } from './threads/usable-threads.ts'

/** What is run, and how its values come about: the same for whatever runs models, here and in the stages behind. */
export interface RunOptions {
  /**
   * What decides the bits: `tflite` (default; TensorFlow Lite's reference kernels, integers computed with integers only) or
   * `xnnpack` (what LiteRT runs). Float results differ in the order of sums only.
   */
  readonly arithmetic?: Arithmetic
  /** Which subgraph to run; 0, the main one, by default. */
  readonly subgraph?: number
  /** Name of the signature to run, in place of `subgraph`. */
  readonly signature?: string
  /**
   * Shapes of the inputs, in their order; those of the file by default. Everything else is resized with them. Where a file
   * leaves sizes open (`shapeSignature` has a -1), `inputShapesFor` tells what a sample asks for; a program runs samples
   * of the shapes it was compiled for, and no others.
   */
  readonly inputShapes?: readonly Shape[]
  /** What runs custom operators, by the names that the model calls them by. */
  readonly customOperators?: CustomOperators
}

/** Choices that change what a program computes, or with what. */
export interface CompileOptions extends RunOptions {
  /**
   * What is done about operators that cannot run: `refuse` the model (default), or `leave-out` these operators and all that needs
   * what they compute. Outputs that depend on them are then not among those of the program. `leftOutOperators` tells which.
   */
  readonly unsupportedOperators?: 'refuse' | 'leave-out'
  /**
   * How products of integers are summed; results do not depend on it. `auto` (default) takes the fastest that is exact
   * here; `reference` does without WebAssembly.
   */
  readonly innerLoop?: InnerLoopChoice
  /**
   * `exact` (default) rounds float32 products before they are added, in a stated order: the same bits as the reference
   * everywhere. `fused` leaves the rounding to the processor where the engine has such an instruction: faster, and for float
   * results whose last bits may differ from machine to machine.
   */
  readonly floatProducts?: FloatProducts
  /**
   * How many threads share an inference; 1 by default. Results do not depend on it. Fewer run where there are not so many
   * cores or too little to share, and one in pages that are not cross-origin isolated. {@link Program.close} ends them.
   */
  readonly threads?: number
  /**
   * Has V8 fuse 128-bit operations into 256-bit ones where it can: in Node 24 and later, on processors with AVX2. Results do
   * not depend on it: a self-check compares both on a few inputs, and the program says whether it is in use. Experimental,
   * for it takes flags of V8 that are: they are set for the moment of compiling. Off by default.
   */
  readonly turbo?: boolean
}

/**
 * Compiles a model to a {@link Program}: checks the graph, plans its memory, writes one WebAssembly module for all operators
 * that have a generator and prepares the reference for the others.
 *
 * @throws UnsupportedError naming the operator, and what is supported, when one cannot run.
 * @throws ModelFormatError when the graph refers to what is not there.
 * @throws UsageError for a signature that the model does not have.
 * @throws ShapeError for input shapes that the model cannot have.
 *
 * @example
 * const program = await compile(readModel(bytes))
 * const [output] = program.run([{ type: 'float32', shape: [1, 4], data: new Float32Array(4) }])
 */
export async function compile(model: Model, options: CompileOptions = {}): Promise<Program> {
  const graphOptions = graphOptionsOf(model, options)
  if (options.turbo !== true) return buildProgram(model, graphOptions)
  const { buildTurboProgram } = await import('./turbo/build-turbo-program.ts')
  return buildTurboProgram(model, graphOptions)
}

/**
 * {@link compile} without waiting, for models whose operators are loaded: without threads and turbo, which change no result.
 * Where the engine refuses to compile so much at once, as browsers do outside of workers, the reference runs it all.
 *
 * @throws as {@link compile} does.
 */
export function compileAtOnce(model: Model, options: CompileOptions): Program {
  const graphOptions = graphOptionsOf(model, options)
  try {
    return buildProgramAtOnce(model, graphOptions)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return buildProgramAtOnce(model, { ...graphOptions, innerLoop: 'reference' })
  }
}

function graphOptionsOf(model: Model, options: CompileOptions): GraphOptions {
  const { arithmetic = 'tflite', inputShapes, customOperators } = options
  const subgraph = subgraphOf(model, options)
  const innerLoop = chooseInnerLoop(options.innerLoop ?? 'auto')
  const threads = usableThreads(options.threads ?? 1, threadHost)
  const floatProducts = options.floatProducts === 'fused' && wasm.runsFusedProducts() ? 'fused' : 'exact'
  return {
    ...{ arithmetic, subgraph, innerLoop, floatProducts, threads },
    ...(inputShapes === undefined ? {} : { inputShapes }),
    ...(customOperators === undefined ? {} : { customOperators }),
    ...(options.unsupportedOperators === 'leave-out' && { leavesOut: true }),
  }
}
