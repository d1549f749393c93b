import { basename, dirname, join } from 'node:path'
import { QuantrxError } from '@quantrx/core'
import type { Environment } from '../environment.ts'

/**
 * Writes a file, whole or part by part, so that its path holds either the old content or all of the new one: into a temporary file beside it,
 * which is then renamed.
 *
 * @throws QuantrxError naming the path when the disk is full, the folder is missing or not writable; nothing is left.
 */
export async function writeAtomically(
  { files, signal }: Pick<Environment, 'files' | 'signal'>,
  path: string,
  content: Uint8Array | Iterable<Uint8Array>,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    await files.writeFile(temporary, ArrayBuffer.isView(content) ? content : untilAborted(content, signal))
    signal.throwIfAborted()
    await files.rename(temporary, path)
  } catch (cause) {
    await files.remove(temporary).catch(() => undefined)
    signal.throwIfAborted()
    throw writeError(path, cause)
  }
}

function* untilAborted(parts: Iterable<Uint8Array>, signal: AbortSignal): Generator<Uint8Array> {
  for (const part of parts) {
    signal.throwIfAborted()
    yield part
  }
}

function writeError(path: string, cause: unknown): QuantrxError {
  const code = (cause as { code?: string }).code ?? ''
  const known: Readonly<Record<string, readonly [string, string]>> = {
    ENOSPC: ['a full disk', 'Free some space or write elsewhere with --out'],
    EROFS: ['a read-only file system', 'Write elsewhere with --out'],
    EACCES: ['no permission to write there', 'Write elsewhere with --out'],
    EPERM: ['no permission to write there', 'Write elsewhere with --out'],
    ENOENT: ['a folder that does not exist', 'Create the folder first'],
    EISDIR: ['a folder of that name', 'Choose another file name'],
  }
  const [found, nextStep] = known[code] ?? [String(cause), 'Check the path']
  return new QuantrxError({
    stage: 'command',
    subject: path,
    found,
    expected: 'a file to write',
    nextStep,
    cause,
  })
}
