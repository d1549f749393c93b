import type { Shape } from '@quantrx/core'
import type { Program } from '@quantrx/runtime/run'

/** The shape that a tensor of a subgraph has when the model runs; undefined where nothing computes it. */
export type SettledShapes = (subgraph: number, tensor: number) => Shape | undefined

/** The shapes of a program, which follow from those of its inputs where the file leaves sizes open. */
export function settledShapes(program: Program): SettledShapes {
  const shapes = new Map(
    [program, ...program.called()].flatMap(({ subgraph, operators }) =>
      operators.flatMap(({ outputs }) =>
        outputs.map(({ index, shape }) => [`${subgraph} ${index}`, shape] as const),
      ),
    ),
  )
  return (subgraph, tensor) => shapes.get(`${subgraph} ${tensor}`)
}
