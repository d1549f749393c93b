import type { DataFileOptions } from '@quantrx/data/node'

/** Where the file of a network comes from: its publisher's integers, our integers, or the float model that both are made from. */
export type Variant = 'published' | 'ours' | 'float'

/** A network of the fixtures. */
export interface Network {
  readonly name: 'resnet8' | 'kws' | 'mobilenet'
  /** Names of files in the fixtures' `data/models`. */
  readonly files: Readonly<Record<Exclude<Variant, 'ours'>, string>>
  /** Calibration data in the fixtures' `data`. */
  readonly samples: string
  readonly preparation: DataFileOptions
}

/** All variants, in the order of the tables. */
export const variants: readonly Variant[] = ['published', 'ours', 'float']

/** The networks that are measured. */
export const networks: readonly Network[] = [
  {
    name: 'resnet8',
    files: { published: 'resnet8_cifar10_int8_official', float: 'resnet8_cifar10_float' },
    samples: 'cifar10/calib_train_500_x.npy',
    preparation: {},
  },
  {
    name: 'kws',
    files: { published: 'kws_dscnn_int8_official', float: 'kws_dscnn_float_restored' },
    samples: 'kws/inputs_float_1000.npy',
    preparation: {},
  },
  {
    name: 'mobilenet',
    files: { published: 'mobilenet_v1_0.25_224_uint8_qat_official', float: 'mobilenet_v1_0.25_224_float' },
    samples: 'imagenet/calib_100_x.npy',
    preparation: { normalize: { mean: 127.5, std: 127.5 } },
  },
]

/** The network with a name. */
export function networkNamed(wanted: Network['name']): Network {
  const found = networks.find(({ name }) => name === wanted)
  if (found === undefined) throw new Error(`no network ${wanted}`)
  return found
}

/** Whether bars are for a file: one of unsigned integers, trained with quantization, is a point of comparison only. */
export const isJudged = (network: Network['name'], variant: Variant): boolean =>
  network !== 'mobilenet' || variant !== 'published'
