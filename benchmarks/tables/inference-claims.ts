import { floatOptions, integerOptions } from '../contestants/quantrx.ts'
import { liteRt } from '../contestants/peers.ts'
import { atLeast, ratioClaim, stretch } from '../measuring/claim.ts'
import type { Bar, Claim } from '../measuring/claim.ts'
import type { Timing } from '../measuring/rounds.ts'
import { isJudged } from '../models/networks.ts'
import type { Network, Variant } from '../models/networks.ts'
import type { Inference, NetworkTimings, Timings } from './inference.ts'

type Bars = Partial<Readonly<Record<Network['name'], Bar>>>

/** How many times as fast as LiteRT.js our integers should be, by arithmetic: against its fast build, and against the other. */
const integerBars: Readonly<Record<string, Readonly<Record<keyof typeof integerOptions, Bars>>>> = {
  internal: {
    xnnpack: { resnet8: atLeast(1.6), kws: atLeast(1.4), mobilenet: atLeast(1.6) },
    tflite: { resnet8: atLeast(1.25), kws: atLeast(1.2), mobilenet: atLeast(1.2) },
  },
  compat: { xnnpack: { resnet8: atLeast(1.15), mobilenet: atLeast(1.15) }, tflite: {} },
}

/** The same for float against float, and for our integers against its float. */
const floatBars: Readonly<Record<string, Bars>> = {
  internal: { resnet8: atLeast(1.1), kws: atLeast(1.1), mobilenet: atLeast(1.1) },
}
const integerAgainstFloatBars: Readonly<Record<string, Bars>> = {
  internal: { resnet8: atLeast(3.5), mobilenet: atLeast(3) },
}

const arithmetics = Object.keys(integerOptions) as readonly (keyof typeof integerOptions)[]
/** What users get who do not need the same bits everywhere. */
const fastestFloat = Object.keys(floatOptions).at(-1)!
const theirs = liteRt.name

/** How many times as fast as others we are. */
export function inferenceClaims({ networks, liteRtBuild }: Inference): readonly Claim[] {
  return networks.flatMap((measured) => [
    ...(['published', 'ours'] as const).flatMap((variant) => integerClaims(measured, variant, liteRtBuild)),
    ...floatClaims(measured, liteRtBuild),
  ])
}

function integerClaims(
  { network, files }: NetworkTimings,
  variant: Variant,
  build: string,
): readonly Claim[] {
  const [timings, float, name] = [files[variant], files.float, `${network} ${variant}`]
  const judged = isJudged(network, variant)
  const bar = (bars: Bars | undefined): Bar | undefined => (judged ? bars?.[network] : undefined)
  const wish = (value: number): Bar | undefined =>
    judged && build === 'internal' ? stretch(value) : undefined
  return [
    ...arithmetics.flatMap((arithmetic) =>
      compared(
        `${name}, ${arithmetic}, against ${theirs} integer`,
        timings[theirs],
        timings[arithmetic],
        bar(integerBars[build]?.[arithmetic]),
      ),
    ),
    ...compared(
      `${name}, xnnpack, against ${theirs} integer`,
      timings[theirs],
      timings['xnnpack'],
      wish(2),
    ).filter(({ bar }) => bar !== undefined),
    ...otherRuntimes(timings).flatMap((peer) =>
      compared(`${name}, xnnpack, against ${peer} integer`, timings[peer], timings['xnnpack'], wish(1)),
    ),
    ...compared(
      `${name}, xnnpack, against ${theirs} float`,
      float[theirs],
      timings['xnnpack'],
      bar(integerAgainstFloatBars[build]),
    ),
    ...compared(`${name}, xnnpack, against our float`, float[fastestFloat], timings['xnnpack']),
  ]
}

function floatClaims({ network, files: { float } }: NetworkTimings, build: string): readonly Claim[] {
  const bar = floatBars[build]?.[network]
  return [
    ...Object.keys(floatOptions).flatMap((way) =>
      compared(
        `${network} float, ${way}, against ${theirs} float`,
        float[theirs],
        float[way],
        way === fastestFloat ? bar : undefined,
      ),
    ),
    ...otherRuntimes(float).flatMap((peer) =>
      compared(`${network} float, ${fastestFloat}, against ${peer} float`, float[peer], float[fastestFloat]),
    ),
  ]
}

function otherRuntimes(timings: Timings): readonly string[] {
  const known = [theirs, ...arithmetics, ...Object.keys(floatOptions)]
  return Object.keys(timings).filter((name) => !known.includes(name))
}

function compared(
  what: string,
  their: Timing | undefined,
  our: Timing | undefined,
  bar?: Bar,
): readonly Claim[] {
  return their === undefined || our === undefined ? [] : [ratioClaim(what, their, our, bar)]
}
