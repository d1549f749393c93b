import { supportedOperators } from '@quantrx/runtime'
import { dynamicOperators, quantizableOperators } from '@quantrx/schemes'
import { builtinOperators } from '@quantrx/tflite'

/** The text of FEATURES.md, from what the packages say of themselves. */
export function renderFeatures(): string {
  const runs = new Map(supportedOperators().map((operator) => [operator.kind as string, operator]))
  const generated = [...runs.values()].filter((operator) => operator.generated)
  const integer = new Set(quantizableOperators())
  const hybrid = new Set(dynamicOperators())
  const kinds = [...new Set([...runs.keys(), ...integer])].sort()
  const rows = kinds.map((kind) => {
    const operator = runs.get(kind)
    const types = operator?.supports.join('; ') ?? 'does not run yet'
    const code = operator?.generated !== true ? '–' : operator.divides ? 'yes, on threads' : 'yes'
    const marks = [code, integer.has(kind) ? 'yes' : '–', hybrid.has(kind) ? 'yes' : '–']
    return `| ${kind} | ${types} | ${marks.join(' | ')} |`
  })
  return `# What quantrx does

Made from the code by \`npm run generate\`; a test compares.

${runs.size} of ${Object.keys(builtinOperators).length} builtin operators run, each by a scalar reference kernel; ${generated.length} of them also as generated WebAssembly, which equals the reference bit for bit.
${integer.size} become integer operators, ${hybrid.size} of them can also keep float activations with int8 weights. Every other operator is read, carried
through and written back, stays float when a model is quantized, and is named when it is asked to run.

| operator | runs on | generated code | becomes int8 | hybrid |
|---|---|---|---|---|
${rows.join('\n')}

Integer kernels compute in two arithmetics: \`tflite\`, bit for bit what TensorFlow Lite's reference kernels compute, and
\`xnnpack\`, bit for bit what LiteRT computes ([how, operator by operator](packages/kernels/src/arithmetic/README.md)).

| part | there is |
|---|---|
| observers | min-max, moving average, percentile |
| schemes | int8 (per channel), int8 per tensor, dynamic range |
| inputs and outputs | float32, int8, uint8 |
| metrics | top-1, agreement with float, SQNR, per-layer SQNR and largest error, size |
| data | arrays, \`.npy\`, Arrow IPC files and streams; labels from \`.npy\` and CSV |
`
}
