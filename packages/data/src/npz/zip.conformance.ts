import { deflateRawSync } from 'node:zlib'

/** A file to put into an archive. */
export interface ZippedFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly deflate?: boolean
  /** Sizes in the 64-bit extra field, as NumPy writes them. */
  readonly wide?: boolean
}

/** A zip archive by the layout of PKWARE's APPNOTE.TXT, for tests; checksums stay 0, for nothing here looks at them. */
export function zip(files: readonly ZippedFile[], wideEnd = false): Uint8Array {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes, deflate = false, wide = false } of files) {
    const data = deflate ? deflateRawSync(bytes) : Buffer.from(bytes)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(deflate ? 8 : 0, 4)
    fields.writeUInt32LE(wide ? 0xffffffff : data.length, 14)
    fields.writeUInt32LE(wide ? 0xffffffff : bytes.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const extra = wide ? wideSizes(bytes.length, data.length) : Buffer.alloc(0)
    fields.writeUInt16LE(extra.length, 24)
    const local = Buffer.concat([signature(0x04034b50), fields, Buffer.from(name), extra, data])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(
      Buffer.concat([signature(0x02014b50), Buffer.alloc(2), fields, tail, Buffer.from(name), extra]),
    )
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  return new Uint8Array(
    Buffer.concat([...locals, central, ...endOf(files.length, central.length, offset, wideEnd)]),
  )
}

const signature = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function wideSizes(size: number, compressed: number): Buffer {
  const extra = Buffer.alloc(20)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(16, 2)
  extra.writeBigUInt64LE(BigInt(size), 4)
  extra.writeBigUInt64LE(BigInt(compressed), 12)
  return extra
}

function endOf(count: number, size: number, start: number, wide: boolean): Buffer[] {
  const end = Buffer.alloc(18)
  end.writeUInt16LE(wide ? 0xffff : count, 4)
  end.writeUInt16LE(wide ? 0xffff : count, 6)
  end.writeUInt32LE(wide ? 0xffffffff : size, 8)
  end.writeUInt32LE(wide ? 0xffffffff : start, 12)
  const plain = Buffer.concat([signature(0x06054b50), end])
  if (!wide) return [plain]
  const record = Buffer.alloc(52)
  record.writeBigUInt64LE(BigInt(count), 20)
  record.writeBigUInt64LE(BigInt(count), 28)
  record.writeBigUInt64LE(BigInt(size), 36)
  record.writeBigUInt64LE(BigInt(start), 44)
  const locator = Buffer.alloc(16)
  locator.writeBigUInt64LE(BigInt(start + size), 4)
  return [signature(0x06064b50), record, signature(0x07064b50), locator, plain]
}
