import { pictureOf, publishedClassNames } from '@quantrx/cli/browser'
import { DataError } from '@quantrx/core'
import type { Sample } from '@quantrx/core'
import { pictureUrl } from '@quantrx/report'
import { readModel } from '@quantrx/tflite'
import { firstInput } from './first-input.ts'
import type { ChosenSamples, PreviewedSample } from './messages.ts'
import { openChosen } from './open-samples.ts'

/** As many as fit on a card. */
const shown = 12

/**
 * The first samples of what somebody chose, to be looked at.
 *
 * @throws DataError where they cannot be read, or there are none.
 */
export async function previewSamples(
  model: File,
  chosen: ChosenSamples,
): Promise<readonly PreviewedSample[]> {
  const read = readModel(new Uint8Array(await model.arrayBuffer()))
  const names = await publishedClassNames(read)
  const open = await openChosen(chosen, firstInput(read), names)
  const seen: PreviewedSample[] = []
  for await (const sample of open(new AbortController().signal)) {
    seen.push(previewed(sample, names))
    if (seen.length === shown) break
  }
  if (seen.length > 0) return seen
  throw new DataError({
    ...{ stage: 'data', subject: chosen.name, found: 'no samples', expected: 'at least one' },
    nextStep: 'Choose another file',
  })
}

function previewed(
  { index, name, label, inputs: [input] }: Sample,
  names: readonly string[] = [],
): PreviewedSample {
  const className = names[label ?? -1] ?? ''
  const picture = input && pictureOf(input)
  return {
    name: name ?? `sample ${index}`,
    tensor: input === undefined ? '' : `${input.shape.join(' × ')} ${input.type}`,
    ...(label === undefined ? {} : { label }),
    ...(className === '' ? {} : { className }),
    ...(picture === undefined ? {} : { picture: pictureUrl(picture) }),
  }
}
