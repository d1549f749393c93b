import { readFileSync, writeFileSync } from 'node:fs'
import { renderIndex, generatedIndexes } from './indexes.ts'

for (const path of generatedIndexes()) {
  const wanted = renderIndex(path)
  if (readFileSync(path, 'utf8') === wanted) continue
  writeFileSync(path, wanted)
  console.log(`wrote ${path}`)
}
