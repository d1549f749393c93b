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
    await files.writeFile(temporary, untilAborted(ArrayBuffer.isView(content) ? [content] : content, signal))
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
    for (let at = 0; at < part.length; at += pieceBytes) {
      signal.throwIfAborted()
      yield part.subarray(at, at + pieceBytes)
    }
  }
}

/** Between two pieces of this size an abort is heard. */
const pieceBytes = 4 << 20

const elsewhere = 'Choose another folder for the file'

/** What error codes of a file system mean to who wants to write: what was found, and what helps. */
const reasons: Readonly<Record<string, readonly [found: string, nextStep: string]>> = {
  ENOSPC: ['a full disk', `Free some space. ${elsewhere}`],
  EDQUOT: ['a used-up disk quota', `Free some space. ${elsewhere}`],
  EFBIG: ['a file system that takes no files of that size', elsewhere],
  EROFS: ['a read-only file system', elsewhere],
  EACCES: ['no permission to write there', elsewhere],
  EPERM: ['no permission to write there', elsewhere],
  ENOENT: ['a folder that does not exist', 'Create the folder first'],
  ENOTDIR: ['a path through a file that is no folder', 'Check the path'],
  ENAMETOOLONG: ['a name that is too long', 'Choose a shorter name'],
  EISDIR: ['a folder of that name', 'Choose another file name'],
  EMFILE: ['too many open files', 'Raise the limit on open files (ulimit -n), or end other programs'],
  ENFILE: ['too many open files', 'End other programs'],
  EIO: ['a device that fails', elsewhere],
}

function writeError(path: string, cause: unknown): unknown {
  const { code } = cause as { code?: unknown }
  // What makes the parts may fail too, and says so itself.
  if (typeof code !== 'string') return cause
  const [found, nextStep] = reasons[code] ?? [String(cause), 'Check the path']
  return new QuantrxError({
    stage: 'command',
    subject: path,
    found,
    expected: 'a file to write',
    nextStep,
    cause,
  })
}
