import { Console } from 'node:console'
import { Writable } from 'node:stream'

/**
 * Runs something with a working directory of its own and gives back what it printed, on the console, stdout or stderr.
 *
 * Whatever it throws is thrown on, and an exit code that it sets is an error: it would be that of the tests.
 */
export async function runCaptured(folder: string, run: () => Promise<unknown>): Promise<string> {
  let printed = ''
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      printed += chunk.toString()
      done()
    },
  })
  const { console } = globalThis
  const [out, err] = [process.stdout.write, process.stderr.write]
  const [before, exitCode] = [process.cwd(), process.exitCode]
  process.chdir(folder)
  globalThis.console = new Console(stream, stream)
  process.stdout.write = process.stderr.write = (chunk: string | Uint8Array) => stream.write(chunk)
  try {
    await run()
    if (process.exitCode !== exitCode && process.exitCode !== 0)
      throw new Error(`exit code ${String(process.exitCode)}`)
  } catch (error) {
    throw new Error(`${String(error)}\n${printed}`, { cause: error })
  } finally {
    process.exitCode = exitCode
    process.stdout.write = out
    process.stderr.write = err
    globalThis.console = console
    process.chdir(before)
  }
  return printed
}
