import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Place } from './json-fault.ts'

/** Where a module has a syntax error, as far as Node tells: by the error itself, or when it is asked to check the file. */
export async function moduleFault(error: Error, path: string): Promise<Place | undefined> {
  return faultIn(error.stack ?? '') ?? faultIn(await checkedByNode(path))
}

async function checkedByNode(path: string): Promise<string> {
  try {
    await promisify(execFile)(process.execPath, ['--check', path])
    return ''
  } catch (error) {
    return String((error as { stderr?: unknown }).stderr ?? '')
  }
}

/** Node writes the path and the line, the text around it, and a mark below the fault. */
function faultIn(report: string): Place | undefined {
  const [head = '', ...others] = report.split('\n')
  const line = /:(\d+)$/.exec(head)?.[1]
  const mark = others.find((text) => /^\s*\^+\s*$/.test(text)) ?? '^'
  return line === undefined ? undefined : { line: Number(line), column: mark.indexOf('^') + 1 }
}
