import { expect, it } from 'vitest'
import { shellCommands } from './shell-lines.ts'

it('splits a block into commands and words', () => {
  const code = `npm ci && npm test    # all tests
npx quantrx tune a.tflite \\
  --budget 'agreement>=0.9' --rows "0:10"
# nothing
npx quantrx evaluate a --labels b.csv#class
`
  expect(shellCommands(code)).toEqual([
    ['npm', 'ci'],
    ['npm', 'test'],
    ['npx', 'quantrx', 'tune', 'a.tflite', '--budget', 'agreement>=0.9', '--rows', '0:10'],
    ['npx', 'quantrx', 'evaluate', 'a', '--labels', 'b.csv#class'],
  ])
})
