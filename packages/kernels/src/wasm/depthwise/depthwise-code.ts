import type { DepthwiseConv2dGeometry } from '../../ops/depthwise-conv-2d/geometry.ts'
import type { Local } from '../assembler/function-builder.ts'
import type { Panel } from '../convolution/split.ts'
import type { Epilogue, Tile } from '../epilogue/epilogue.ts'
import type { InnerLoop } from '../inner-loop.ts'
import type { ElementLoader } from './element-loader.ts'
import type { Registers } from './registers.ts'
import type { TapGroup, TileSize } from './tap-groups.ts'
import type { TapWeights } from './tap-weights.ts'
import type { WindowParts } from './window-parts.ts'

/** What is decided of a depthwise convolution before its code is written. */
export interface DepthwisePlan {
  readonly geometry: DepthwiseConv2dGeometry
  readonly inner: InnerLoop
  readonly epilogue: Epilogue
  readonly tile: TileSize
  readonly parts: WindowParts
  /** The groups of taps of a tile in a part of the window. */
  groupsOf(size: TileSize): readonly TapGroup[]
  readonly weights: TapWeights
  /** Panels of the channels that are computed. */
  readonly panels: readonly Panel[]
  readonly firstChannel: number
  /** Bytes of an input element. */
  readonly elementBytes: 1 | 2 | 4
}

/** What the parts of the code share. */
export interface DepthwiseCode extends DepthwisePlan {
  readonly registers: Registers
  readonly loader: ElementLoader
  readonly finish: (tile: Tile) => void
  /** Which of the loaded channels each output channel sees, where there is a depth multiplier. */
  readonly spread: Local<'v128'> | undefined
}

/** Addresses to start from, in bytes. */
export interface DepthwiseAddresses {
  readonly input: number
  readonly output: number
  readonly weights: number
  readonly parameters: number
  /** Of the table of a depth multiplier. */
  readonly spread: number
  /** Of a row that holds the border, where windows leave the input above or below. */
  readonly border: number | undefined
}
