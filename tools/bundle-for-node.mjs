// Joins what Node loads of the package that it is run in: an entry that `exports` gives the condition `node` becomes one file, with
// others for what is loaded later. Node takes up to half a millisecond for each file, and packages have hundreds; bundlers get those,
// since they take from each what is used. Other packages stay imports, so that all of an application share one of each.
import { readFileSync } from 'node:fs'
import { isAbsolute, relative } from 'node:path'
import { rolldown } from 'rolldown'

const output = 'dist/node'

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'))
const entries = Object.values(exports).filter((entry) => entry.node !== undefined)
const input = Object.fromEntries(
  entries.map((entry) => [relative(output, entry.node).replace(/\.js$/, ''), entry.default]),
)
const bundle = await rolldown({
  input,
  platform: 'node',
  external: (id) => !id.startsWith('.') && !isAbsolute(id),
  onLog(level, { code, message }) {
    // What browsers load later, an entry of the same package may need from the start.
    if (level === 'warn' && code !== 'INEFFECTIVE_DYNAMIC_IMPORT') throw new Error(message)
  },
})
await bundle.write({
  dir: output,
  entryFileNames: '[name].js',
  chunkFileNames: 'parts/[name]-[hash].js',
  // Who reads the code finds them beside it, in `src`; engines would read them each time.
  comments: false,
})
await bundle.close()
