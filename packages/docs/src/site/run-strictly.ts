import { spawn } from 'node:child_process'

/** What tools say when something may be wrong: `warn`, or the mark that Rollup puts before it. */
const warning = /\bwarn(ing)?\b|\(!\)/i

/**
 * Runs a program of Node and shows what it prints.
 *
 * @throws Error when it fails, or prints a warning.
 */
export function runStrictly(script: string, args: readonly string[], folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let printed = ''
    const take = (chunk: Buffer): void => {
      printed += chunk.toString()
      process.stdout.write(chunk)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', reject)
    child.on('close', (code) => {
      const found = printed.split('\n').find((line) => warning.test(line))
      if (code !== 0) reject(new Error(`${script} ended with ${code}`))
      else if (found !== undefined) reject(new Error(`${script} warns: ${found.trim()}`))
      else resolve()
    })
  })
}
