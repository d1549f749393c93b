import { ShapeError } from '@quantrx/core'
import type { Logits, Sample, Tensor } from '@quantrx/core'
import { compile, realValues, subgraphOf, takesStoredIntegers } from '@quantrx/runtime'
import type { CompileOptions, Program, RunOptions } from '@quantrx/runtime'
import type { Model } from '@quantrx/tflite'
import { exposeLogits, representableRange } from './logits.ts'
import { realValuesAgain } from './real-values-again.ts'
import { sampleError } from './sample-error.ts'

/** The models that an evaluation runs; shapes that files leave open are those of the first sample in `evaluateModel`. */
export interface EvaluatedModels extends RunOptions {
  readonly model: Model
  /** The float model to compare with. */
  readonly reference?: Model
  /** Off by default; see the option of `compile`. */
  readonly turbo?: boolean
}

/** Outputs of one sample as real numbers, one array per model output. */
export interface SampleOutputs {
  readonly output: readonly Float32Array[]
  /** Outputs of the float model, where there is one. */
  readonly reference?: readonly Float32Array[]
  readonly logits?: Logits
}

/** A sample and what came out for it; the arrays may be used again for the next sample. */
export interface SampleRun extends SampleOutputs {
  readonly sample: Sample
}

/**
 * Compiles the models for samples that are run one by one: the function under `evaluateModel`, for workers. Samples of a
 * quantized input's own integer type are stored integers to that model; the float model then gets the real numbers they
 * stand for.
 *
 * @returns a function that runs one sample, into arrays that it uses again, and throws a StageError naming the sample that
 * cannot be run.
 */
export async function sampleRunner(models: EvaluatedModels) {
  const { model, reference, ...options } = models
  const own = exposeLogits(model, subgraphOf(model, options))
  const program = await compileExposed(model, own.model, options)
  const float = reference && exposeLogits(reference, subgraphOf(reference, options))
  const floatProgram = float && (await compileExposed(reference, float.model, options))
  const read = realValuesAgain()
  const range = representableRange(program.outputs[own.logits])
  return (sample: Sample): SampleOutputs => {
    try {
      program.reset()
      program.run(sample.inputs)
      const all = program.outputs.map(read)
      const output = all.slice(0, own.outputs)
      const logits = { values: all[own.logits]!, ...(range && { range }) }
      if (floatProgram === undefined || float === undefined) return { output, logits }
      floatProgram.reset()
      const real = floatProgram.run(realInputs(program, sample.inputs)).map((tensor) => realValues(tensor))
      const expected = real.slice(0, float.outputs)
      checkLengths(program, output, expected)
      return { output, reference: expected, logits: { ...logits, reference: real[float.logits]! } }
    } catch (cause) {
      throw sampleError(sample, 'the model', cause)
    }
  }
}

/** Operators that choose may choose otherwise once their inputs are integers: no output of another size can be compared. */
function checkLengths(
  { outputs }: Program,
  output: readonly Float32Array[],
  expected: readonly Float32Array[],
): void {
  const at = output.findIndex(({ length }, index) => length !== expected[index]?.length)
  if (at < 0) return
  throw new ShapeError({
    stage: 'evaluate',
    subject: `output ${outputs[at]?.name}`,
    found: `${output[at]!.length} values`,
    expected: `${expected[at]?.length ?? 'none'}, as the float model gives`,
    nextStep: 'Evaluate the model against labels alone, or in front of the operators that choose',
  })
}

/** Where a model gives its logits, too, no signature of it holds any more. */
function compileExposed(
  model: Model,
  exposed: Model,
  { signature, subgraph, ...options }: CompileOptions,
): Promise<Program> {
  const chosen = {
    ...(signature === undefined ? {} : { signature }),
    ...(subgraph === undefined ? {} : { subgraph }),
  }
  return compile(exposed, { ...options, subgraph: subgraphOf(model, chosen) })
}

/** The same sample as real numbers, where the quantized program takes it as stored integers. */
export function realInputs(program: Program, inputs: readonly Tensor[]): readonly Tensor[] {
  return inputs.map((tensor, at) => {
    const input = program.inputs[at]
    if (input === undefined || !takesStoredIntegers(input, tensor)) return tensor
    return { type: 'float32', shape: tensor.shape, data: realValues({ ...input, data: tensor.data }) }
  })
}
