import { elementCount, seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import * as tf from '@tensorflow/tfjs'
import { imageSize } from './dataset.ts'
import type { Dataset } from './dataset.ts'

/** Shapes of the trained tensors, in the layout of the training library: `[height, width, in, out]`. */
export const weightShapes = {
  stemFilter: [3, 3, 1, 8],
  stemBias: [8],
  depthwiseFilter: [3, 3, 8, 1],
  depthwiseBias: [8],
  pointwiseFilter: [1, 1, 8, 16],
  pointwiseBias: [16],
  residualFilter: [3, 3, 16, 16],
  residualBias: [16],
  denseWeights: [3 * 3 * 16, 10],
  denseBias: [10],
} as const satisfies Record<string, Shape>

export type WeightName = keyof typeof weightShapes
export type Weights = Readonly<Record<WeightName, Float32Array>>

/** How the network is trained. */
export interface TrainingOptions {
  readonly seed: number
  readonly epochs: number
  readonly batchSize: number
  readonly learningRate: number
  readonly onEpoch?: (epoch: number, loss: number) => void
}

type Variables = Readonly<Record<WeightName, tf.Variable>>

const names = Object.keys(weightShapes) as WeightName[]

/** Trains the network on pixels from 0 to 1; the same options and data give the same weights. */
export async function train(data: Dataset, options: TrainingOptions): Promise<Weights> {
  await tf.setBackend('cpu')
  const variables = initialize(options.seed)
  const random = seededRandom(options.seed + 1)
  const batches = Math.floor(data.count / options.batchSize)
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    // A smaller step towards the end settles the weights.
    const optimizer = tf.train.adam(options.learningRate * (1 - epoch / options.epochs))
    const order = shuffled(data.count, random)
    let total = 0
    for (let batch = 0; batch < batches; batch++) {
      const rows = order.slice(batch * options.batchSize, (batch + 1) * options.batchSize)
      total += step(variables, optimizer, data, rows)
    }
    options.onEpoch?.(epoch + 1, total / batches)
  }
  return Object.fromEntries(
    names.map((name) => [name, variables[name].dataSync() as Float32Array]),
  ) as Weights
}

/** Share of the samples that the network classifies right. */
export function accuracy(weights: Weights, data: Dataset): number {
  const variables = Object.fromEntries(
    names.map((name) => [name, tf.variable(tf.tensor(weights[name], [...weightShapes[name]]))]),
  ) as Variables
  const rows = Array.from({ length: data.count }, (_, row) => row)
  const predicted = tf.tidy(() => logits(variables, pixels(data, rows)).argMax(1).dataSync())
  return rows.filter((row) => predicted[row] === data.labels[row]).length / data.count
}

function step(variables: Variables, optimizer: tf.Optimizer, data: Dataset, rows: readonly number[]): number {
  const loss = optimizer.minimize(() => {
    const labels = tf.oneHot(
      tf.tensor1d(
        rows.map((row) => data.labels[row]!),
        'int32',
      ),
      10,
    )
    return tf.losses.softmaxCrossEntropy(labels, logits(variables, pixels(data, rows))).asScalar()
  }, true)
  const value = loss?.dataSync()[0] ?? NaN
  loss?.dispose()
  return value
}

function logits(weights: Variables, input: tf.Tensor4D): tf.Tensor2D {
  const filter = (name: WeightName): tf.Tensor4D => weights[name] as unknown as tf.Tensor4D
  const stem = input.conv2d(filter('stemFilter'), 2, 'same').add(weights.stemBias).relu() as tf.Tensor4D
  const depthwise = tf.depthwiseConv2d(stem, filter('depthwiseFilter'), 1, 'same').add(weights.depthwiseBias)
  const pointwise = (depthwise.clipByValue(0, 6) as tf.Tensor4D).conv2d(filter('pointwiseFilter'), 1, 'same')
  const pooled = (pointwise.add(weights.pointwiseBias).relu() as tf.Tensor4D).maxPool(2, 2, 'valid')
  const branch = pooled.conv2d(filter('residualFilter'), 1, 'same').add(weights.residualBias).relu()
  const averaged = (pooled.add(branch) as tf.Tensor4D).avgPool(2, 2, 'valid')
  const flat = averaged.reshape([-1, weightShapes.denseWeights[0]]) as tf.Tensor2D
  return flat.matMul(weights.denseWeights as unknown as tf.Tensor2D).add(weights.denseBias)
}

function pixels({ images }: Dataset, rows: readonly number[]): tf.Tensor4D {
  const size = imageSize * imageSize
  const values = new Float32Array(rows.length * size)
  rows.forEach((row, at) => {
    for (let i = 0; i < size; i++) values[at * size + i] = images[row * size + i]! / 255
  })
  return tf.tensor4d(values, [rows.length, imageSize, imageSize, 1])
}

/** He initialization: normal, variance 2 / inputs. */
function initialize(seed: number): Variables {
  const random = seededRandom(seed)
  const entries = names.map((name) => {
    const shape: Shape = weightShapes[name]
    const deviation = name.endsWith('Bias')
      ? 0
      : Math.sqrt(2 / elementCount(name === 'depthwiseFilter' ? [9] : shape.slice(0, -1)))
    const values = Float32Array.from({ length: elementCount(shape) }, () => deviation * random.normal())
    return [name, tf.variable(tf.tensor(values, [...shape]))] as const
  })
  return Object.fromEntries(entries) as unknown as Variables
}

function shuffled(count: number, random: { integer(bound: number): number }): number[] {
  const order = Array.from({ length: count }, (_, at) => at)
  for (let at = count - 1; at > 0; at--) {
    const other = random.integer(at + 1)
    ;[order[at], order[other]] = [order[other]!, order[at]!]
  }
  return order
}
