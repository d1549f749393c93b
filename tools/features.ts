import { supportedOperators } from '@quantrx/runtime'
import { dynamicOperators, int4Operators, quantizableOperators, schemes } from '@quantrx/schemes'
import type { Scheme } from '@quantrx/schemes'
import { builtinOperators } from '@quantrx/tflite'

/** Element types that the table has a column for. */
const types = ['float32', 'int8', 'int16'] as const

/** What the packages say of one operator. */
interface OperatorFeatures {
  readonly kind: string
  readonly supports: readonly string[]
  readonly code: '–' | 'yes' | 'yes, on threads'
  /** Types of the activations that it runs on, weights of other types aside. */
  readonly runs: readonly string[]
  /** Types of the activations that it can be quantized to. */
  readonly quantizes: readonly string[]
}

/** How many builtin operators there are of what. */
export interface FeatureCounts {
  readonly builtin: number
  readonly runs: number
  readonly generated: number
  readonly float32: number
  readonly int8: number
  readonly int16: number
  readonly quantizesToInt8: number
  readonly quantizesToInt16: number
  readonly int4Weights: number
  readonly hybrid: number
}

function operatorFeatures(): readonly OperatorFeatures[] {
  const quantizable = { int8: quantizableOperators('int8'), int16: quantizableOperators('int16') }
  const running = new Map(supportedOperators().map((operator) => [operator.kind as string, operator]))
  const kinds = [...new Set([...running.keys(), ...quantizable.int8])].sort()
  return kinds.map((kind) => {
    const operator = running.get(kind)
    const supports = operator?.supports ?? ['does not run yet']
    return {
      ...{ kind, supports },
      code: operator?.generated !== true ? '–' : operator.divides ? 'yes, on threads' : 'yes',
      runs: types.filter((type) => supports.some((text) => runsOn(text, type))),
      quantizes: (['int8', 'int16'] as const).filter((type) => quantizable[type].includes(kind)),
    }
  })
}

/** Combinations name types, or say that any will do; weights stand behind a cross. */
function runsOn(text: string, type: string): boolean {
  const [activations = ''] = text.split('×')
  const weightsFollow = text.includes('×') && type === 'float32'
  if (text.includes('×') && !weightsFollow) return activations.includes(`${type} `)
  return new RegExp(`\\b${type}\\b|\\bany (type|two)`).test(activations)
}

/** The counts that stand in FEATURES.md and that `npm run features` prints. */
export function featureCounts(): FeatureCounts {
  const operators = operatorFeatures()
  const count = (has: (operator: OperatorFeatures) => boolean): number => operators.filter(has).length
  return {
    builtin: Object.keys(builtinOperators).length,
    runs: supportedOperators().length,
    generated: count(({ code }) => code !== '–'),
    float32: count(({ runs }) => runs.includes('float32')),
    int8: count(({ runs }) => runs.includes('int8')),
    int16: count(({ runs }) => runs.includes('int16')),
    quantizesToInt8: count(({ quantizes }) => quantizes.includes('int8')),
    quantizesToInt16: count(({ quantizes }) => quantizes.includes('int16')),
    int4Weights: int4Operators().length,
    hybrid: dynamicOperators().length,
  }
}

/** Kinds that can be quantized to a type that they do not run on; there should be none. */
export function quantizedButNotRun(): readonly string[] {
  return operatorFeatures().flatMap(({ kind, runs, quantizes }) =>
    quantizes.filter((type) => !runs.includes(type)).map((type) => `${kind} ${type}`),
  )
}

/** The counts as a table in Markdown. */
export function renderCounts(): string {
  const counts = featureCounts()
  const rows: readonly (readonly [string, number])[] = [
    ['builtin operators', counts.builtin],
    ['run', counts.runs],
    ['run as generated WebAssembly, too', counts.generated],
    ['run on float32', counts.float32],
    ['run on int8', counts.int8],
    ['run on int16', counts.int16],
    ['can be quantized to int8', counts.quantizesToInt8],
    ['can be quantized to int16 activations', counts.quantizesToInt16],
    ['can have int4 weights', counts.int4Weights],
    ['can keep float activations beside integer weights', counts.hybrid],
  ]
  return ['| what | operators |', '|---|---:|', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n')
}

/** The text of FEATURES.md, from what the packages say of themselves. */
export function renderFeatures(): string {
  const hybrid = new Set(dynamicOperators())
  const rows = operatorFeatures().map(({ kind, supports, code, runs, quantizes }) => {
    const cells = types.map((type) =>
      quantizes.includes(type) ? 'quantizable' : runs.includes(type) ? 'runs' : '–',
    )
    return `| ${[kind, supports.join('; '), code, ...cells, hybrid.has(kind) ? 'yes' : '–'].join(' | ')} |`
  })
  const names = Object.values<() => Scheme>(schemes).map((make) => make().name)
  return `# What quantrx does

Made from the code by \`npm run generate\`; a test compares.

${renderCounts()}

Each operator that runs has a scalar reference kernel; generated WebAssembly equals it bit for bit. Every other operator is
read, carried through and written back, stays float when a model is quantized, and is named when it is asked to run.
"Quantizable" means that the operator runs on that type and that schemes write it so.

| operator | runs on | generated code | ${types.join(' | ')} | hybrid |
|---|---|---|---|---|---|---|
${rows.join('\n')}

Integer kernels compute in two arithmetics: \`tflite\`, bit for bit what TensorFlow Lite's reference kernels compute, and
\`xnnpack\`, bit for bit what LiteRT computes ([how, operator by operator](packages/kernels/src/arithmetic/README.md)).

| part | there is |
|---|---|
| observers | min-max, least squared error, percentile, entropy, moving average |
| schemes | ${names.sort().join(', ')}, and recipes that mix them |
| inputs and outputs | float32, int8, uint8, int16 |
| metrics | top-1, agreement with float, SQNR, per-layer SQNR and largest error, size |
| data | arrays, \`.npy\`, Arrow IPC files and streams; labels from \`.npy\` and CSV |
`
}
