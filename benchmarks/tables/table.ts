import type { Claim } from '../measuring/claim.ts'
import type { Pace } from '../measuring/rounds.ts'
import type { Network } from '../models/networks.ts'

/** How a table is measured. */
export interface Settings extends Pace {
  /** Networks to measure, where a table is about all of them. */
  readonly networks: readonly Network['name'][]
  /** Where our own integer models are. */
  readonly folder: string
}

/** What can be measured and shown: plain data, a drawing of it, and the figures that have bars. */
export interface BenchTable<Data extends object = object> {
  /** For `--only` and the JSON document. */
  readonly name: string
  readonly title: string
  /** True when it is worth measuring on every Node that is there. */
  readonly everyNode?: boolean
  measure(settings: Settings): Promise<Data>
  draw(data: Data): string
  claims(data: Data): readonly Claim[]
}
