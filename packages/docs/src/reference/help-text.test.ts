import { expect, it } from 'vitest'
import { parseHelp } from './help-text.ts'

const text = `Usage: quantrx run [options] <model>

run one inference
per row

Arguments:
  model                .tflite file

Options:
  --json               print one
                       JSON document
  --input <file>       samples
  -h, --help           display help for command

Examples:
  $ quantrx run a.tflite --input b.npy
`

it('takes help apart', () => {
  expect(parseHelp(text)).toEqual({
    usage: 'quantrx run [options] <model>',
    description: 'run one inference per row',
    lists: {
      Arguments: [{ term: 'model', description: '.tflite file' }],
      Options: [
        { term: '--json', description: 'print one JSON document' },
        { term: '--input <file>', description: 'samples' },
        { term: '-h, --help', description: 'display help for command' },
      ],
    },
    texts: { Examples: ['$ quantrx run a.tflite --input b.npy'] },
  })
})
