import type { DataFileOptions } from '@quantrx/data/node'

/** A bar of agreement with the float model, of SQNR within range in dB, and of the most points of top-1 that may be lost. */
export interface Bar {
  readonly agreement: number
  readonly decibels: number
  readonly drop?: number
}

/** Methods that have bars. */
export type MethodName = 'min-max' | 'default' | 'best int8' | 'per tensor equalized' | 'int4 mixed'

/** A float model, what it is calibrated and judged on, and what is expected. */
export interface Subject {
  readonly name: string
  readonly file: string
  readonly calibration: { readonly file: string; readonly options: DataFileOptions }
  readonly test: { readonly file: string; readonly labels: string; readonly options: DataFileOptions }
  /** The publisher's integer file of the same model; `stored` where it takes pixels as they are rather than what the float model takes. */
  readonly publisher?: { readonly file: string; readonly stored?: boolean }
  readonly bars: Partial<Record<MethodName, Bar>>
}

/** Real numbers, which models of any input type take, rather than stored bytes. */
const asFloat = { normalize: { mean: 0, std: 1 } }
const pixels = { normalize: { mean: 127.5, std: 127.5 } }
const unit = { normalize: { mean: 0, std: 255 } }

/** The models and sets of the fixtures. */
export const subjects: readonly Subject[] = [
  {
    name: 'resnet8',
    file: 'resnet8_cifar10_float',
    calibration: { file: 'cifar10/calib_train_500_x.npy', options: asFloat },
    test: {
      file: 'cifar10/eval_train_1000_x.npy',
      labels: 'cifar10/eval_train_1000_labels.csv',
      options: asFloat,
    },
    publisher: { file: 'resnet8_cifar10_int8_official' },
    bars: {
      default: { agreement: 0.975, decibels: 28.8 },
      'best int8': { agreement: 0.977, decibels: 30.3 },
      'per tensor equalized': { agreement: 0.977, decibels: 28.9 },
      'int4 mixed': { agreement: 0.96, decibels: 23.7, drop: 2 },
    },
  },
  {
    name: 'kws',
    file: 'kws_dscnn_float_restored',
    calibration: { file: 'kws/inputs_float_1000.npy', options: { rows: { start: 0, end: 200 } } },
    test: {
      file: 'kws/inputs_float_1000.npy',
      labels: 'kws/labels.csv',
      options: { rows: { start: 200, end: 1000 } },
    },
    publisher: { file: 'kws_dscnn_int8_official' },
    bars: {
      default: { agreement: 0.982, decibels: 29.4 },
      'best int8': { agreement: 0.984, decibels: 31 },
      'per tensor equalized': { agreement: 0.983, decibels: 28.7 },
      'int4 mixed': { agreement: 0.975, decibels: 25.2 },
    },
  },
  {
    name: 'mnist',
    file: 'mnist_conv_fc_float',
    calibration: { file: 'mnist/calib_train_200_x.npy', options: unit },
    test: { file: 'mnist/test_1000_x.npy', labels: 'mnist/test_1000_labels.csv', options: unit },
    bars: {
      default: { agreement: 0.995, decibels: 38 },
      'best int8': { agreement: 0.995, decibels: 39 },
    },
  },
  {
    name: 'mobilenet',
    file: 'mobilenet_v1_0.25_224_float',
    calibration: { file: 'imagenet/calib_100_x.npy', options: pixels },
    test: { file: 'imagenet/eval_300_x.npy', labels: 'imagenet/eval_300_labels.csv', options: pixels },
    publisher: { file: 'mobilenet_v1_0.25_224_uint8_qat_official', stored: true },
    bars: {
      default: { agreement: 0.85, decibels: 20, drop: 2 },
      'best int8': { agreement: 0.87, decibels: 22, drop: 2 },
      'per tensor equalized': { agreement: 0.79, decibels: 18.4, drop: 3 },
      'int4 mixed': { agreement: 0.64, decibels: 10.7, drop: 6 },
    },
  },
]
