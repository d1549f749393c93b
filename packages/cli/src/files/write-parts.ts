/** A file that is being written. */
export interface OpenFile {
  /** Appends bytes, perhaps only the first of them; returns how many. */
  write(bytes: Uint8Array): Promise<number>
  close(): Promise<void>
}

/**
 * Writes all parts to a file, one after the other, and closes it, also when writing fails. What a write leaves over is written
 * again.
 *
 * @throws what writing or closing throws; an error of code `ENOSPC` when a write takes nothing.
 */
export async function writeParts(file: OpenFile, parts: Iterable<Uint8Array>): Promise<void> {
  try {
    for (const part of parts) await writeAll(file, part)
  } catch (error) {
    await file.close().catch(() => undefined)
    throw error
  }
  // A disk may turn out to be full as late as this.
  await file.close()
}

async function writeAll(file: OpenFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const taken = await file.write(bytes.subarray(written))
    if (taken <= 0) throw Object.assign(new Error('nothing more can be written'), { code: 'ENOSPC' })
    written += taken
  }
}
