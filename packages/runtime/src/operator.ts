import type { DataType, QuantizationParameters, Shape, TensorData } from '@quantrx/core'
import type { Arithmetic, wasm } from '@quantrx/kernels'
import type { BuiltinOperator, OptionsOf } from '@quantrx/tflite'
import type { Resources } from './control/resources.ts'
import type { BlockScales } from './block-scales.ts'

/** A tensor of a compiled program: what the graph says of it, and the memory that holds its values. */
export interface RuntimeTensor {
  readonly index: number
  readonly name: string
  readonly type: DataType
  readonly shape: Shape
  /** Absent for tensors that hold real numbers or indices. */
  readonly quantization?: QuantizationParameters
  /**
   * The same array for the life of the program; a constant's array is a view on the model file, or was computed when the
   * program was compiled, and is never written.
   */
  readonly data: TensorData
  readonly constant: boolean
  /** Bits of an element in the file, where kernels find more in memory: int4 weights are int8 here. */
  readonly storedBits?: 2 | 4
  /** Present in place of a quantization where blocks of elements have scales of their own. */
  readonly blocks?: BlockScales
  /** True where values decide the shape: shape and array are those of the latest run. */
  readonly dynamic?: boolean
  /** True for a variable: state that operators change and the next run finds as the last one left it. */
  readonly variable?: boolean
}

/** What an operator gets to see when it is compiled. */
export interface OperatorContext<Kind extends BuiltinOperator = BuiltinOperator> {
  readonly kind: Kind
  /** Options of the operator, with the schema's defaults where the file is silent. */
  readonly options: OptionsOf<Kind>
  /** In the operator's order; `undefined` stands for an optional input that is left out. */
  readonly inputs: readonly (RuntimeTensor | undefined)[]
  readonly outputs: readonly RuntimeTensor[]
  /** How values inside the operator are quantized, where the file says so: of tensors that have no memory. */
  readonly intermediates?: readonly (QuantizationParameters | undefined)[]
  /** What values inside the operator go by in a calibration, in the order of intermediate tensors. */
  readonly internals?: readonly Pick<RuntimeTensor, 'index' | 'name'>[]
  readonly arithmetic: Arithmetic
  /** What the operator may ask of its program; absent where an operator is prepared alone. */
  readonly services?: ProgramServices
}

/** A subgraph that an operator runs, and the shapes of what it gives it. */
export interface SubgraphCall {
  readonly subgraph: number
  readonly inputs: readonly Shape[]
}

/** What operators that run subgraphs or keep resources ask of the program that they belong to. */
export interface ProgramServices {
  readonly resources: Resources
  /**
   * Shapes of the outputs of a subgraph.
   *
   * @throws RunTimeValueError where values decide them.
   */
  outputShapes(call: SubgraphCall): readonly Shape[]
  /** Runs a subgraph; what it returns is valid until it runs again. */
  run(subgraph: number, inputs: readonly RuntimeTensor[]): readonly RuntimeTensor[]
}

/** Computes an operator's outputs from its inputs, reading and writing the tensors it was prepared with. */
export type Step = () => void

/** A step that also keeps what is computed inside the operator, for a visitor to look at. */
export interface ObservedStep {
  readonly step: Step
  /** Values of the latest run: states, and what intermediate tensors stand for. */
  readonly internals: readonly RuntimeTensor[]
}

/** How products of integers are summed in generated code. */
export type InnerLoopName = 'usdot' | 'i16'

/** How generated code adds float32 products: rounded first, as the reference does, or fused where the processor can. */
export type FloatProducts = 'exact' | 'fused'

/** What generated code may use, and which part of an operator it is to compute. */
export interface GenerateOptions {
  readonly innerLoop: InnerLoopName
  readonly floatProducts: FloatProducts
  /** True where packed weights must not be larger than those of the model, widened or not, although it costs time. */
  readonly compactWeights?: boolean
  /** True where 128-bit operations that stand side by side become 256-bit ones, which leaves registers for more sums. */
  readonly turbo?: boolean
  /** The part of the output that one of several threads computes; everything when it is left out. */
  readonly share?: wasm.Share
}

/** Generated code and the tensors that it works on. */
export interface BoundKernel {
  readonly kernel: wasm.GeneratedKernel
  /** In the order in which the kernel finds their addresses. */
  readonly inputs: readonly RuntimeTensor[]
  readonly output: RuntimeTensor
  /** The outputs after the first, where an operator has several. */
  readonly furtherOutputs?: readonly RuntimeTensor[]
}

/** How the runtime runs one kind of operator; one file of `ops/` each. */
export interface OperatorImplementation<Kind extends BuiltinOperator = BuiltinOperator> {
  readonly kind: Kind
  /** Type combinations that run, such as `float32`, `int8` or `float32 × int8 weights`; for messages and tables. */
  readonly supports: readonly string[]
  /**
   * Checks types and shapes, computes what does not depend on activations, and returns the step that runs once per
   * inference.
   *
   * @throws UnsupportedError for a combination outside `supports`.
   * @throws ShapeError for shapes that contradict each other.
   */
  prepare(context: OperatorContext<Kind>): Step
  /**
   * The step with a view inside, where the integer form of the operator needs ranges of more than its inputs and outputs;
   * undefined where there is nothing to see.
   */
  observe?(context: OperatorContext<Kind>): ObservedStep | undefined
  /**
   * Shapes of the outputs, from the shapes of the inputs and the values of constant ones; what the context says of the shapes
   * of outputs may be out of date. Left out where every output has the shape of the first input.
   *
   * @throws RunTimeValueError when the values of an input decide that are not known yet.
   * @throws ShapeError for shapes that contradict each other.
   */
  outputShapes?(context: OperatorContext<Kind>): readonly Shape[]
  /** True where the outputs depend on the shapes of the inputs alone. */
  readonly shapesOnly?: boolean
  /** True where a run has effects besides its outputs, so that it cannot be done once and for all. */
  readonly effects?: boolean
  /** Subgraphs that the operator runs. */
  calls?(context: OperatorContext<Kind>): readonly SubgraphCall[]
  /** True where the step gives dynamic outputs their shapes itself, with `setTensor`. */
  readonly sizesOutputs?: boolean
  /**
   * The operator as WebAssembly, equal to the step bit for bit, or undefined for a combination that only the step
   * computes. Activations have no values yet. Asked for a share, a generator computes that part of the output and no other;
   * `divides` says for which operators it can.
   *
   * @throws as `prepare` does.
   */
  generate?(context: OperatorContext<Kind>, options: GenerateOptions): BoundKernel | undefined
  /** True when `generate` can divide its work into shares; otherwise one thread does all of it. */
  readonly divides?: boolean
  /**
   * True for what most networks consist of: code that is there from the start. All else is loaded for the models that have it, since
   * engines parse what they load whether it runs or not, which takes a good part of the time to the first result.
   */
  readonly atHand?: boolean
}
