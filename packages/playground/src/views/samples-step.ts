import { figures } from '@quantrx/report'
import { html } from 'lit/html.js'
import type { TemplateResult } from 'lit/html.js'
import { failureNote } from '../components/failure-note.ts'
import { dropZone, fileButton, folderButton } from '../components/file-choice.ts'
import type { FileChoice } from '../components/file-choice.ts'
import { selectField } from '../components/select-field.ts'
import { stepCard } from '../components/step-card.ts'
import { asSamples } from '../files/chosen-files.ts'
import type { SampleRole } from '../state/actions.ts'
import { nextStep } from '../state/questions.ts'
import type { State } from '../state/state.ts'
import type { ChosenSamples, PixelScale, PreviewedSample } from '../worker/messages.ts'
import type { Act, View } from './view.ts'

const pixelScales: readonly (readonly [PixelScale, string])[] = [
  ['published', 'as the model says'],
  ['unit', 'from 0 to 1'],
  ['symmetric', 'from −1 to 1'],
  ['bytes', 'from 0 to 255'],
]

/** The second step: which samples. */
export const samplesStep: View = (state, act) =>
  stepCard({
    ...{ number: 2, title: 'Samples' },
    state: nextStep(state) === 'samples' ? 'next' : state.calibration === undefined ? 'waiting' : 'done',
    body: state.calibration === undefined ? empty(state, act) : chosen(state, state.calibration, act),
  })

function choiceOf({ run }: State, role: SampleRole, label: string, act: Act): FileChoice {
  return {
    ...{ label, several: true, disabled: run.kind === 'running' },
    onChosen: (files) => act({ kind: 'samples-chosen', role, samples: asSamples(files) }),
  }
}

const empty = (state: State, act: Act): TemplateResult =>
  html`${dropZone({
      ...choiceOf(state, 'calibration', 'Choose or drop samples', act),
      hint: '.npy, .npz, .arrow, .parquet, .wav, images',
    })}
    <p class="soft">
      A hundred that look like real inputs do. Or
      ${folderButton(choiceOf(state, 'calibration', 'choose a folder', act))} of images: sub-folders are
      classes.
    </p>`

const chosen = (state: State, calibration: ChosenSamples, act: Act): TemplateResult =>
  html`${preview(state)}
    <dl class="files">
      <dt>Ranges are chosen by</dt>
      <dd>${fileLine(calibration)} ${fileButton(choiceOf(state, 'calibration', 'Change', act))}</dd>
      <dt>Results are measured on</dt>
      <dd>${testLine(state, act)}</dd>
    </dl>
    ${pixelChoice(state, act)}`

/** Only bytes can be pixels; everything else is taken to be prepared already. */
const pixelChoice = (state: State, act: Act): TemplateResult =>
  state.preview.kind === 'ready' && state.preview.samples[0]?.tensor.endsWith('uint8') !== true
    ? html``
    : html`${selectField({
        ...{ label: 'Pixels of images are', options: pixelScales, value: state.pixels },
        disabled: state.run.kind === 'running',
        onChosen: (pixels) => act({ kind: 'pixels-chosen', pixels }),
      })}`

function preview({ preview }: State): TemplateResult {
  if (preview.kind === 'failed') return failureNote(preview.failure)
  if (preview.kind === 'none') return html``
  const pictures = preview.samples.filter(({ picture }) => picture !== undefined)
  if (pictures.length === 0) return html`<p class="soft">Each sample is ${preview.samples[0]?.tensor}.</p>`
  return html`<ul class="pictures" aria-label="The first samples">
    ${pictures.map(picture)}
  </ul>`
}

function picture({ name, label, className, picture }: PreviewedSample): TemplateResult {
  const text = label === undefined ? name : `${name}, ${className ?? `class ${label}`}`
  return html`<li>
    <img src=${picture ?? ''} alt=${text} title=${text} />
  </li>`
}

function testLine(state: State, act: Act): TemplateResult {
  if (state.test === undefined)
    return html`<span class="soft">the same samples</span>
      ${fileButton(choiceOf(state, 'test', 'Choose others', act))}`
  return html`${fileLine(state.test)}
    <button
      class="link"
      type="button"
      ?disabled=${state.run.kind === 'running'}
      @click=${() => act({ kind: 'test-removed' })}
    >
      Remove
    </button>`
}

const fileLine = ({ name, files }: ChosenSamples): TemplateResult =>
  html`<span class="file">${name}</span>
    <span class="soft">${figures.bytes(files.reduce((sum, { file }) => sum + file.size, 0))}</span>`
