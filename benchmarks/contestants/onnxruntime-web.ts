import { channelsFirst, channelsFirstShape } from '../onnx/channels-first.ts'
import { floatToOnnx, onnxInput } from '../onnx/float-to-onnx.ts'
import type { ModelCase } from '../models/model-files.ts'

/** What is used of onnxruntime-web, which is not installed everywhere. */
interface OnnxRuntime {
  readonly env: { readonly wasm: { numThreads: number }; logLevel: string }
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => object
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: object,
    ): Promise<{
      run(
        inputs: Readonly<Record<string, object>>,
      ): Promise<Readonly<Record<string, { readonly data: unknown }>>>
    }>
  }
}

/** Where onnxruntime-web is; undefined where it is not installed. */
export function onnxRuntimeUrl(): string | undefined {
  try {
    return import.meta.resolve('onnxruntime-web')
  } catch {
    return undefined
  }
}

/**
 * Opens a float model in onnxruntime-web, on one thread; `run` gives the values of its one output.
 *
 * @param url as {@link onnxRuntimeUrl} gives it.
 * @throws Error for an integer model, and for one with operators that have no translation.
 */
export async function openOnnxRuntime(
  url: string,
  { variant, model, inputs }: Pick<ModelCase, 'variant' | 'model' | 'inputs'>,
): Promise<{ run(): Promise<Float32Array> }> {
  if (variant !== 'float') throw new Error('only float models are translated to ONNX')
  const { env, Tensor, InferenceSession } = (await import(url)) as OnnxRuntime
  env.wasm.numThreads = 1
  const session = await InferenceSession.create(floatToOnnx(model), { executionProviders: ['wasm'] })
  const [input] = inputs
  if (input?.type !== 'float32') throw new Error('expected a float32 input')
  const { data, shape } = input
  const feeds = {
    [onnxInput(model)]: new Tensor('float32', channelsFirst(data, shape), channelsFirstShape(shape)),
  }
  return {
    run: async () => Object.values(await session.run(feeds))[0]?.data as Float32Array,
  }
}
