import type { ConvolutionGeometry } from '../shared/convolution-geometry.ts'
import type { GeneratedKernel, KernelAddresses } from './kernel.ts'
import { spanOf } from './share.ts'
import type { Share } from './share.ts'
import { sliceRows } from './slice-rows.ts'

/** Bytes of the elements of a kernel's first input and of its output. */
export interface ElementBytes {
  readonly input: number
  readonly output: number
}

/**
 * The kernel of a share of the output rows of all images, made of kernels for whole geometries; the one of the whole
 * geometry without a share. A share without rows does nothing.
 *
 * @param build makes the kernel of a geometry; what it makes of different rows must differ in nothing but the rows.
 * @param multiple how many rows stay together.
 * @returns undefined where `build` makes nothing.
 */
export function shareRows<Geometry extends ConvolutionGeometry>(
  geometry: Geometry,
  share: Share | undefined,
  bytes: ElementBytes,
  build: (geometry: Geometry) => GeneratedKernel | undefined,
  multiple = 1,
): GeneratedKernel | undefined {
  if (share === undefined) return build(geometry)
  const span = spanOf(geometry.batches * geometry.outputHeight, share, multiple)
  const slices = sliceRows(geometry, span).map((slice) => ({ slice, kernel: build(slice.geometry) }))
  const kernels = slices.flatMap(({ kernel }) => kernel ?? [])
  if (kernels.length < slices.length) return undefined
  return {
    name: kernels[0]?.name ?? 'no rows',
    constants: kernels.flatMap(({ constants }) => constants),
    scratchBytes: Math.max(0, ...kernels.map(({ scratchBytes }) => scratchBytes)),
    emit(f, addresses) {
      let taken = 0
      slices.forEach(({ slice }, index) => {
        const { constants, emit } = kernels[index]!
        const own = addresses.constants.slice(taken, taken + constants.length)
        taken += constants.length
        emit(f, {
          ...moved(addresses, slice.inputAt * bytes.input, slice.outputAt * bytes.output),
          constants: own,
        })
      })
    },
  }
}

function moved(
  { inputs: [first = 0, ...others], output, ...rest }: KernelAddresses,
  input: number,
  to: number,
) {
  return { ...rest, inputs: [first + input, ...others], output: output + to }
}
