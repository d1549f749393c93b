/** Bytes of a message or of a field of one. */
export type Message = readonly number[]

/** An integer of seven bits a byte, least significant first (Protocol Buffers, "Base 128 Varints"); not for negative ones. */
function varint(value: number): Message {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest % 128) | 128)
  }
}

const [varintType, lengthType, fixed32Type] = [0, 2, 5]
const key = (field: number, type: number): Message => varint(field * 8 + type)

/** A field that holds an integer of 0 or more. */
export const integerField = (field: number, value: number): Message => [
  ...key(field, varintType),
  ...varint(value),
]

/** A field that holds a float32. */
export const floatField = (field: number, value: number): Message => [
  ...key(field, fixed32Type),
  ...new Uint8Array(Float32Array.of(value).buffer),
]

/** A field that holds bytes or a message. */
export const bytesField = (field: number, bytes: Message | Uint8Array): Message =>
  [key(field, lengthType), varint(bytes.length), Array.from(bytes)].flat()

/** A field that holds text. */
export const textField = (field: number, text: string): Message =>
  bytesField(field, new TextEncoder().encode(text))
