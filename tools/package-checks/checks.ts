import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Named checks, of which all run even when some fail. */
export interface Checks {
  /** Runs a check and prints whether it held; resolves to that. */
  check(name: string, work: () => unknown): Promise<boolean>
  readonly passed: number
  readonly failed: number
}

/** Checks that print a line each. */
export function createChecks(print: (line: string) => void): Checks {
  const counts = { passed: 0, failed: 0 }
  return {
    async check(name, work) {
      try {
        await work()
        counts.passed++
        print(`ok      ${name}`)
        return true
      } catch (error) {
        counts.failed++
        print(`FAILED  ${name}\n${describe(error)}`)
        return false
      }
    },
    get passed() {
      return counts.passed
    },
    get failed() {
      return counts.failed
    },
  }
}

function describe(error: unknown): string {
  const { stdout, stderr, message } = error as { stdout?: string; stderr?: string; message?: string }
  return [message, stdout, stderr].filter(Boolean).join('\n')
}

const execute = promisify(execFile)

/**
 * What a command prints.
 *
 * @throws Error with all that it printed when it fails.
 */
export async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await execute(command, [...args], { cwd, maxBuffer: 2 ** 26 })
  return stdout
}

/** Does some work for every item, for so many at a time; results in the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const waiting = [...items.entries()]
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [at, item] = next
      results[at] = await work(item)
    }
  }
  await Promise.all(Array.from({ length: limit }, worker))
  return results
}
