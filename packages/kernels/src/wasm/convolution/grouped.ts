import type { Conv2dGeometry } from '../../ops/conv-2d/geometry.ts'
import { constant, parameterAddress } from '../assembler/expression.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { emitStridedCopy } from '../copy/strided-copy.ts'
import type { StridedCopy } from '../copy/strided-copy.ts'
import type { GeneratedKernel, KernelAddresses } from '../kernel.ts'
import type { ElementBytes } from '../share-rows.ts'

/** What a generated CONV_2D of several groups is made of. */
export interface GroupedConv2dOptions {
  readonly geometry: Conv2dGeometry
  readonly bytes: ElementBytes
  /** Makes the kernel of one group, a convolution of its own channels alone. */
  build(group: number, geometry: Conv2dGeometry): GeneratedKernel | undefined
}

/** Room behind what is copied: kernels and copies may read so much beyond its end. */
const slackBytes = 64

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16

/** The convolution of one group. */
export const groupGeometry = (geometry: Conv2dGeometry): Conv2dGeometry => ({
  ...geometry,
  groups: 1,
  inputChannels: geometry.inputChannels / geometry.groups,
  outputChannels: geometry.outputChannels / geometry.groups,
})

/**
 * CONV_2D of several groups: the channels of each are copied together, convolved on their own, and copied to their places. Groups
 * whose code is the same share it in a loop.
 *
 * @returns undefined where the convolution of a group is not computed.
 */
export function groupedConv2dKernel({
  geometry,
  bytes,
  build,
}: GroupedConv2dOptions): GeneratedKernel | undefined {
  const own = groupGeometry(geometry)
  const kernels = Array.from({ length: geometry.groups }, (_, group) => build(group, own))
  if (!kernels.every((kernel) => kernel !== undefined)) return undefined
  const { gather, scatter, inputBytes, outputBytes } = copiesOf(geometry, own, bytes)
  const alike = new Set(kernels.map(({ signature }) => signature ?? '')).size === 1
  const isLoop = alike && kernels[0]!.signature !== undefined
  const constants = isLoop ? joined(kernels) : kernels.flatMap((kernel) => kernel.constants)
  const emitGroup = (f: FunctionBuilder, kernel: GeneratedKernel, at: GroupAddresses, scratch: number) => {
    const results = scratch + inputBytes
    emitStridedCopy(f, gather, at.input, scratch)
    const addresses = { inputs: [scratch], output: results, scratch: results + outputBytes }
    kernel.emit(f, { ...addresses, constants: at.constants })
    emitStridedCopy(f, scatter, results, at.output)
  }
  return {
    name: kernels[0]!.name,
    constants,
    scratchBytes: inputBytes + outputBytes + Math.max(...kernels.map(({ scratchBytes }) => scratchBytes)),
    emit(f, addresses) {
      const steps = { input: own.inputChannels * bytes.input, output: own.outputChannels * bytes.output }
      if (isLoop) emitLoop(f, kernels, addresses, steps, emitGroup)
      else emitEach(f, kernels, addresses, steps, emitGroup)
    },
  }
}

interface GroupAddresses {
  readonly input: number
  readonly output: number
  readonly constants: readonly number[]
}

type EmitGroup = (f: FunctionBuilder, kernel: GeneratedKernel, at: GroupAddresses, scratch: number) => void

/** Bytes from the channels of one group to those of the next. */
interface Steps {
  readonly input: number
  readonly output: number
}

function emitEach(
  f: FunctionBuilder,
  kernels: readonly GeneratedKernel[],
  { inputs: [input = 0], output, constants, scratch }: KernelAddresses,
  steps: Steps,
  emitGroup: EmitGroup,
): void {
  let taken = 0
  kernels.forEach((kernel, group) => {
    const own = constants.slice(taken, taken + kernel.constants.length)
    taken += own.length
    const at = { input: input + group * steps.input, output: output + group * steps.output, constants: own }
    emitGroup(f, kernel, at, scratch)
  })
}

/** Writes the code of the first group once, with addresses that move on from group to group. */
function emitLoop(
  f: FunctionBuilder,
  kernels: readonly GeneratedKernel[],
  { inputs: [input = 0], output, constants, scratch }: KernelAddresses,
  steps: Steps,
  emitGroup: EmitGroup,
): void {
  const [first] = kernels
  const moving = [
    { start: input, step: steps.input },
    { start: output, step: steps.output },
    ...constants.map((start, at) => ({ start, step: aligned(first!.constants[at]!.byteLength) })),
  ].map((each) => ({ ...each, local: f.local('i32') }))
  for (const { local, start } of moving) f.set(local, constant(start))
  const [from = 0, to = 0, ...own] = moving.map(({ local }) => parameterAddress(local.index))
  f.repeat(kernels.length, () => {
    emitGroup(f, first!, { input: from, output: to, constants: own }, scratch)
    for (const { local, step } of moving) f.increase(local, step)
  })
}

/** The constants of all groups one after the other, each kind on its own. */
function joined(kernels: readonly GeneratedKernel[]): readonly Uint8Array[] {
  return kernels[0]!.constants.map((constant, at) => {
    const step = aligned(constant.byteLength)
    const all = new Uint8Array(step * kernels.length)
    kernels.forEach(({ constants }, group) => {
      const { buffer, byteOffset, byteLength } = constants[at]!
      all.set(new Uint8Array(buffer, byteOffset, byteLength), group * step)
    })
    return all
  })
}

/** The copies from a tensor of all channels to one of a group's, and back. */
function copiesOf(whole: Conv2dGeometry, own: Conv2dGeometry, bytes: ElementBytes) {
  const { batches, inputHeight, inputWidth, outputHeight, outputWidth } = whole
  const [read, written] = [batches * inputHeight * inputWidth, batches * outputHeight * outputWidth]
  const [source, target] = [own.inputChannels * bytes.input, own.outputChannels * bytes.output]
  const gather: StridedCopy = {
    ...{ sourceAt: 0, targetAt: 0, rowBytes: source },
    loops: [{ count: read, steps: [whole.inputChannels * bytes.input, source] }],
  }
  const scatter: StridedCopy = {
    ...{ sourceAt: 0, targetAt: 0, rowBytes: target },
    loops: [{ count: written, steps: [target, whole.outputChannels * bytes.output] }],
  }
  return {
    ...{ gather, scatter },
    inputBytes: aligned(read * source + slackBytes),
    outputBytes: aligned(written * target + slackBytes),
  }
}
