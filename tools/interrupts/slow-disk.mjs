// Preloaded by check-interrupts: files are written as on a disk that takes SLOW_MILLISECONDS for each step named in
// SLOW_DISK the first time, which is told on stderr when it begins.
import files from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { basename } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const slow = new Set((process.env.SLOW_DISK ?? '').split(','))
const { open, rename } = files

async function begin(step, path) {
  const name = `${step} ${basename(path).replace(/^\.|\.\d+\.tmp$/g, '')}`
  if (!slow.delete(name)) return
  process.stderr.write(`slow disk: ${name}\n`)
  await setTimeout(Number(process.env.SLOW_MILLISECONDS))
}

files.open = async (path, ...rest) => {
  const file = await open(path, ...rest)
  const write = file.write.bind(file)
  file.write = async (bytes) => {
    const half = await write(bytes.subarray(0, Math.ceil(bytes.length / 2)))
    await begin('write', String(path))
    return half
  }
  return file
}
files.rename = async (from, to) => {
  await begin('rename', String(to))
  await rename(from, to)
}
syncBuiltinESMExports()
