import type { LiveScan, Tensor } from '@quantrx/core'
import type { Arithmetic } from '@quantrx/kernels'
import type { InnerLoop } from './inner-loop.ts'
import type { RuntimeTensor } from './operator.ts'

/** One operator of a program, in execution order. */
export interface ProgramOperator {
  /** Position in the subgraph of the model. */
  readonly index: number
  readonly kind: string
  readonly outputs: readonly RuntimeTensor[]
  /** What computes it: `reference`, the inner loop of its generated code, the type of its elements, or `constant` for nothing. */
  readonly kernel: string
}

/**
 * Whether 128-bit operations run as 256-bit ones: `on`; `off` when it was not asked for; `unavailable` where V8 cannot do it;
 * `refused` when it did, but computed something else.
 */
export type TurboState = 'off' | 'on' | 'unavailable' | 'refused'

/**
 * Called for every model input and every operator output as soon as it is computed, those of subgraphs that operators run
 * and states of recurrent operators included; its `data` is live memory, which later operators use again.
 */
export type TensorVisitor = (tensor: RuntimeTensor, subgraph: number) => void

/** One tensor for each input: in their order, or by name. */
export type ProgramInputs = readonly Tensor[] | Readonly<Record<string, Tensor>>

/**
 * A model ready to run. It owns the memory of its tensors: what `outputs` hold is valid until the next `run`.
 */
export interface Program {
  readonly arithmetic: Arithmetic
  /** How products of integers are summed in generated code, or that there is none. */
  readonly innerLoop: InnerLoop
  /** Bytes of memory for activations, what kernels need besides included. */
  readonly arenaBytes: number
  /** Most bytes that are needed at one moment, the least that any plan could do with. */
  readonly liveBytes: number
  /** How many threads share an inference, the one that calls `run` included. */
  readonly threads: number
  readonly turbo: TurboState
  readonly subgraph: number
  readonly inputs: readonly RuntimeTensor[]
  readonly outputs: readonly RuntimeTensor[]
  readonly operators: readonly ProgramOperator[]
  /** Tensors that keep their values from run to run: the states of recurrent operators. */
  readonly variables: readonly RuntimeTensor[]
  /** Names of the inputs, in their order: those of the signature, where there is one for the subgraph, or of the tensors. */
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /** Programs of the subgraphs that operators run. */
  called(): readonly Program[]
  /**
   * Runs one inference on one tensor per model input, in their order or by their names, synchronously; returns the outputs.
   * Variables begin as the run before left them.
   *
   * @throws ShapeError or DataError when a tensor does not fit its input.
   * @throws UsageError after `close`.
   */
  run(inputs: ProgramInputs, visit?: TensorVisitor): readonly RuntimeTensor[]
  /**
   * Puts variables back to where they stand before the first run: at 0, and those of type int8 at their zero point. Resource
   * variables lose their values, and what is done once is done again in the next run.
   */
  reset(): void
  /** A fast way to look over a float32 tensor of the program, given its `data`; to be renewed whenever that has changed. */
  scan(values: Float32Array): LiveScan
  /** Ends the threads that the program has started. A program of one thread has none, and its memory needs no closing. */
  close(): void
}
