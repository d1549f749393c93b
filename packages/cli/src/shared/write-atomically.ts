import { basename, dirname, join } from 'node:path'
import { QuantrxError } from '@quantrx/core'
import type { Environment } from '../environment.ts'

/** What writing needs of an environment. */
type Writing = Pick<Environment, 'files' | 'signal'>

/**
 * Writes a file, whole or part by part, so that its path holds either the old content or all of the new one: into a temporary file beside it,
 * which is then renamed.
 *
 * @throws QuantrxError naming the path when the disk is full, the folder is missing or not writable; nothing is left.
 */
export async function writeAtomically(
  environment: Writing,
  path: string,
  content: Uint8Array | Iterable<Uint8Array>,
): Promise<void> {
  const staged = stagedFiles(environment)
  await staged.write(path, content)
  await staged.finish()
}

/** Files that are to appear together. */
export interface StagedFiles {
  /** Writes a file beside its path; what fails takes all others with it. Throws as {@link writeAtomically} does. */
  write(path: string, content: Uint8Array | Iterable<Uint8Array>): Promise<void>
  /** Puts all of them where they belong. */
  finish(): Promise<void>
  /** Removes what has not been put there. */
  discard(): Promise<void>
}

/** Writes several files so that none of them appears before all are complete. */
export function stagedFiles({ files, signal }: Writing): StagedFiles {
  const waiting = new Map<string, string>()
  const discard = async (): Promise<void> => {
    for (const temporary of waiting.values()) await files.remove(temporary).catch(() => undefined)
    waiting.clear()
  }
  const guarded = async (path: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (cause) {
      await discard()
      signal.throwIfAborted()
      throw writeError(path, cause)
    }
  }
  return {
    discard,
    write: (path, content) =>
      guarded(path, async () => {
        const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
        waiting.set(path, temporary)
        await files.writeFile(
          temporary,
          untilAborted(ArrayBuffer.isView(content) ? [content] : content, signal),
        )
        signal.throwIfAborted()
      }),
    async finish() {
      for (const [path, temporary] of [...waiting]) {
        await guarded(path, async () => {
          await files.rename(temporary, path)
          waiting.delete(path)
        })
      }
    },
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

/** What a failure to write means: a QuantrxError naming the path where a file system says why, otherwise the failure itself. */
export function writeError(path: string, cause: unknown, expected = 'a file to write'): unknown {
  const { code } = cause as { code?: unknown }
  // What makes the parts may fail too, and says so itself.
  if (typeof code !== 'string') return cause
  const [found, nextStep] = reasons[code] ?? [String(cause), 'Check the path']
  return new QuantrxError({
    stage: 'command',
    subject: path,
    found,
    expected,
    nextStep,
    cause,
  })
}
