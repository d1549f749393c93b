import type { Model, Operator, SubGraph, Tensor } from '@quantrx/tflite'
import type { InputOutputType, SubgraphPlan } from '../plan/plan.ts'
import type { BufferTable } from './buffers.ts'
import type { FormMap } from './form-map.ts'
import type { OperatorCodeTable } from './operator-codes.ts'
import type { Representation } from './representations.ts'

/** What the rewriting of one subgraph shares with that of the whole model. */
export interface RewriteContext {
  readonly source: Model
  readonly io: InputOutputType
  readonly buffers: BufferTable
  readonly codes: OperatorCodeTable
  /** New buffers of constants in other forms. */
  readonly stored: FormMap<number>
  /** Bytes of quantized weights, from other rewritings of the source too. */
  readonly quantized: FormMap<Uint8Array>
}

/** One form of one tensor of the source. Indices are given in the end, so that all forms of a tensor stand together. */
export interface Form {
  readonly tensor: number
  readonly representation: Representation
}

/** A subgraph while it is rewritten. */
export interface Draft {
  readonly context: RewriteContext
  readonly graph: SubGraph
  readonly plan: SubgraphPlan
  /** Forms of each tensor of the source, in the order in which they came up. */
  readonly forms: readonly Form[][]
  /** Form in which each activation exists without a conversion. */
  readonly produced: Map<number, Form>
  /** Forms that a conversion has made. */
  readonly converted: Set<Form>
  readonly operators: DraftOperator[]
}

/** An operator of the new subgraph. */
export interface DraftOperator {
  readonly operator: Omit<Operator, 'inputs' | 'outputs' | 'intermediates'>
  readonly inputs: readonly (Form | undefined)[]
  readonly outputs: readonly (Form | undefined)[]
  /** Tensors for values inside it: those of the source in a form, or ones that the source does not have. */
  readonly intermediates?: readonly (Form | Tensor)[]
}
