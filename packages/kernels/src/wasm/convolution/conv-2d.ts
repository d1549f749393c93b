import type { Conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { constant } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import type { Epilogue } from '../epilogue/epilogue.ts'
import { startsOf, sumsBytes, throughMemory } from '../epilogue/through-memory.ts'
import type { InnerLoop } from '../inner-loop.ts'
import type { GeneratedKernel } from '../kernel.ts'
import type { Span } from '../share.ts'
import { borderByte, emitPaddedInput, preparedBytes } from './padded-input.ts'
import type { InputForm } from './padded-input.ts'
import { emitPickedInput } from './picked-input.ts'
import { packWeights } from './pack-weights.ts'
import type { PartWeights, Weights } from './pack-weights.ts'
import { regionStarts } from './padding-regions.ts'
import { channelsComputed, planConv2d } from './plan-conv-2d.ts'
import type { Conv2dPlan } from './plan-conv-2d.ts'
import { emitRowBands } from './row-bands.ts'
import { emitRowRests, restsLast, restsWeights, sharedSteps } from './row-rests.ts'
import { emitTiledProducts } from './tiled.ts'
import { partCount } from './tiled-products.ts'
import type { Region } from './tiled-products.ts'
import { withExcess } from './weight-excess.ts'

/** What a generated CONV_2D is made of. */
export interface Conv2dOptions {
  readonly geometry: Conv2dGeometry
  readonly form: InputForm
  readonly inner: InnerLoop
  readonly epilogue: Epilogue
  /** `[outputChannels, height, width, inputChannels]`, zero points subtracted; for `uint8`, such as {@link weightExcess} takes. */
  readonly filter: Weights
  /** Whether sums go through memory, so that V8 can fuse vectors. */
  readonly fusible?: boolean
  /** The output channels that are computed, all when left out; the first a multiple of 4. Only for windows of one element. */
  readonly channels?: Span | undefined
}

/**
 * CONV_2D without an intermediate matrix: windows are read where they lie in a padded copy of the input. A row of the
 * window is one sequence of steps, unless it is dilated. For one group; of several, each is one: `groupedConv2dKernel`.
 *
 * @returns undefined for what it does not compute.
 */
export function conv2dKernel(given: Conv2dOptions): GeneratedKernel | undefined {
  const options = given.channels === undefined ? given : ofChannels(given, given.channels)
  const { geometry, inner, epilogue, fusible = false } = options
  const { outputHeight, outputWidth, outputChannels, batches, groups } = geometry
  if (groups !== 1 || batches * outputHeight * outputWidth * outputChannels === 0) return undefined
  const plan = planConv2d(options)
  if (plan === undefined) return undefined
  const { input, isCopied, rests, inputBytes, restsBytes, regions } = plan
  return {
    name: inner.name,
    constants: [
      ...[packedWeights(options, plan), epilogue.parameters],
      ...(fusible ? [startsOf(epilogue)] : []),
      ...(regions === undefined ? [] : [startsOfRegions(options, regions)]),
    ],
    scratchBytes: inputBytes + restsBytes + (fusible ? sumsBytes : 0),
    ...signatureOf(options, plan),
    emit(f, { inputs: [from = 0], output, constants, scratch }) {
      const [packed = 0, parameters = 0, starts] = constants
      const sums = scratch + inputBytes + restsBytes
      const throughSums = fusible && starts !== undefined
      const own = throughSums ? throughMemory(epilogue, { starts, parameters, sums }) : epilogue
      const addresses = {
        input: constant(isCopied ? scratch : from),
        weights: constant(packed),
        parameters: constant(throughSums ? starts : parameters),
        starts: throughSums || starts === undefined ? undefined : constant(starts),
      }
      emitParts(f, options, plan, { from, to: scratch, output }, (part, to) => {
        if (rests !== undefined) emitRowRests(f, part, input, rests, scratch, scratch + inputBytes)
        emitTiledProducts(f, { ...plan.productsOf(part), epilogue: own }, { ...addresses, output: to })
      })
    },
  }
}

/** Sums that go through memory are of turbo, which trades the time to compile for speed. */
function signatureOf(
  { geometry, form, inner, epilogue, channels, fusible = false }: Conv2dOptions,
  { excess }: Conv2dPlan,
): Pick<GeneratedKernel, 'signature'> {
  if (epilogue.signature === undefined || fusible) return {}
  const code = [geometry, form, inner.name, epilogue.signature, channels ?? 'all', excess]
  return { signature: JSON.stringify(['CONV_2D', ...code]) }
}

/** The weights and parameters of some channels, as if there were no others. */
function ofChannels(options: Conv2dOptions, { from, to }: Span): Conv2dOptions {
  const { geometry, filter, epilogue } = options
  const length = filter.length / geometry.outputChannels
  const parametersOfQuad = epilogue.vectorsPerQuad * 4
  const parameters = epilogue.parameters.subarray(
    (from / 4) * parametersOfQuad,
    Math.ceil(to / 4) * parametersOfQuad,
  )
  return {
    ...options,
    filter: filter.subarray(from * length, to * length),
    epilogue: { ...epilogue, parameters },
  }
}

/** Writes the code that copies the input and computes with it, all at once or band after band. */
function emitParts(
  f: FunctionBuilder,
  { geometry, form, epilogue }: Conv2dOptions,
  { whole, bands, input, isCopied, isPicked, ...plan }: Conv2dPlan,
  { from, to, output }: { readonly from: number; readonly to: number; readonly output: number },
  emitPart: (part: Conv2dGeometry, output: Expression<'i32'>) => void,
): void {
  if (bands === undefined) {
    if (isPicked) emitPickedInput(f, geometry, form, from, to)
    else if (isCopied) emitPaddedInput(f, input, from, to)
    emitPart(plan.geometry, constant(output))
    return
  }
  const next = f.local('i32')
  f.set(next, constant(output))
  emitRowBands(f, geometry, whole, bands, { from, to }, (rows) => {
    emitPart(plan.partOf(rows), get(next))
    f.increase(next, rows * geometry.outputWidth * geometry.outputChannels * epilogue.outputBytes)
  })
}

function packedWeights(options: Conv2dOptions, { rests, ...plan }: Conv2dPlan): Weights {
  const products = plan.productsOf(plan.geometry)
  const { geometry, excess } = plan
  const { filter } = options
  const ordered =
    rests === undefined
      ? { weights: filter, weightsOf: partWeights(options) }
      : { weights: restsLast(filter, rests), weightsOf: restsWeights(rests) }
  const parts = partCount(products) + (rests === undefined ? 0 : sharedSteps(rests))
  const { weights, weightsOf } =
    excess.length === 0
      ? ordered
      : withExcess(ordered, filter, geometry, excess, channelsComputed(options), parts)
  return packWeights(products, packedArray(options), weights, weightsOf)
}

function startsOfRegions(options: Conv2dOptions, regions: readonly Region[]): Int32Array {
  const { geometry, epilogue, form, inner, filter: weights } = options
  const { filterHeight: rows, filterWidth, inputChannels, outputChannels: channels } = geometry
  const { elementsPerStep } = inner
  const elements = filterWidth * inputChannels
  const partElements = geometry.dilationWidth === 1 ? elements : inputChannels
  const filter = { weights, channels, rows, elements, partElements, elementsPerStep }
  return regionStarts(regions, startsOf(epilogue), borderByte(form), filter)
}

/** Where a row of the window, or one of its columns, stands in the filter. */
function partWeights({ geometry }: Conv2dOptions): (channel: number, part: number) => PartWeights {
  const { filterHeight, filterWidth, inputChannels, dilationWidth } = geometry
  const count = dilationWidth === 1 ? filterWidth * inputChannels : inputChannels
  const channelLength = filterHeight * filterWidth * inputChannels
  return (channel, part) => ({ from: channel * channelLength + part * count, count })
}

function packedArray({ form }: Conv2dOptions): (length: number) => Weights {
  const bytes = preparedBytes[form.kind]
  return (length) =>
    bytes === 4 ? new Float32Array(length) : bytes === 2 ? new Int16Array(length) : new Int8Array(length)
}
