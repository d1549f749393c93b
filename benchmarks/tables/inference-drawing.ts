import { drawTable, drawTiming } from '../measuring/draw.ts'
import { variants } from '../models/networks.ts'
import type { Inference, ReferenceOperators } from './inference.ts'

/** Times of all model files, and what else is to be known about them. */
export function drawInference({
  liteRtBuild,
  innerLoop,
  networks,
  refusals,
  onReference,
}: Inference): string {
  const rows = networks.flatMap(({ network, files }) =>
    variants.map((variant) => ({ name: `${network} ${variant}`, timings: files[variant] })),
  )
  const runtimes = [...new Set(rows.flatMap(({ timings }) => Object.keys(timings)))]
  const cells = rows.map(({ name, timings }) => [name, ...runtimes.map((each) => drawTiming(timings[each]))])
  return [
    drawTable(['model', ...runtimes], cells),
    '',
    `LiteRT.js: ${liteRtBuild} build. Ours: inner loop ${innerLoop}; without generated code: ${onReference.length === 0 ? 'nothing' : drawReference(onReference)}.`,
    ...refusals.map(
      ({ network, variant, runtime, reason }) => `${runtime} cannot run ${network} ${variant}: ${reason}`,
    ),
  ].join('\n')
}

/** Kinds of operators, and in how many programs. */
function drawReference(programs: readonly ReferenceOperators[]): string {
  const kinds = [...new Set(programs.flatMap(({ kinds }) => kinds))]
  const count = (kind: string): number => programs.filter(({ kinds }) => kinds.includes(kind)).length
  return kinds.map((kind) => `${kind} (in ${count(kind)} programs)`).join(', ')
}
