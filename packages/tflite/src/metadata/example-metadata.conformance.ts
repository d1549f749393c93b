import { Builder } from 'flatbuffers'

/** What the metadata of an example says of one image input. */
export interface ExampleMetadata {
  readonly mean: readonly number[]
  readonly std: readonly number[]
  /** 1: RGB, 2: grayscale. */
  readonly colorSpace: number
  /** Files that belong to the output; type 2: labels. */
  readonly outputFiles?: readonly ExampleFile[]
}

interface ExampleFile {
  readonly name: string
  readonly type: number
  readonly locale?: string
}

/** Metadata of a model with one image input, as TensorFlow Lite Support packs it. */
export function exampleMetadata({ mean, std, colorSpace, outputFiles = [] }: ExampleMetadata): Uint8Array {
  const builder = new Builder()
  const floats = (values: readonly number[]): number => {
    builder.startVector(4, values.length, 4)
    for (const value of [...values].reverse()) builder.addFloat32(value)
    return builder.endVector()
  }
  const offsets = (values: readonly number[]): number => {
    builder.startVector(4, values.length, 4)
    for (const value of [...values].reverse()) builder.addOffset(value)
    return builder.endVector()
  }
  const table = (
    fields: Readonly<Record<number, number>>,
    bytes: Readonly<Record<number, number>> = {},
  ): number => {
    builder.startObject(8)
    for (const [field, offset] of Object.entries(fields)) builder.addFieldOffset(Number(field), offset, 0)
    for (const [field, value] of Object.entries(bytes)) builder.addFieldInt8(Number(field), value, 0)
    return builder.endObject()
  }
  const normalization = table({ 0: floats(mean), 1: floats(std) })
  const units = offsets([table({ 1: normalization }, { 0: 1 })])
  const content = table({ 1: table({}, { 0: colorSpace }) }, { 0: 2 })
  const tensor = table({ 0: builder.createString('image'), 3: content, 4: units })
  const files = outputFiles.map(({ name, type, locale }) => {
    const texts = { 0: builder.createString(name), ...(locale && { 3: builder.createString(locale) }) }
    return table(texts, { 2: type })
  })
  const output = table({ 6: offsets(files) })
  const subgraph = table({ 2: offsets([tensor]), 3: offsets([output]) })
  builder.finish(table({ 3: offsets([subgraph]) }), 'M001')
  return builder.asUint8Array()
}
