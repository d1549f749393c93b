import { html } from 'lit/html.js'
import type { TemplateResult } from 'lit/html.js'
import { filesOfDrop, filesOfInput } from '../files/chosen-files.ts'
import type { ChosenFile } from '../worker/messages.ts'
import { icon } from './icon.ts'

/** What can be chosen, and what becomes of it. */
export interface FileChoice {
  /** What the button says. */
  readonly label: string
  /** What may be chosen, for people. */
  readonly hint?: string
  /** Extensions with dots, separated by commas; of everything without. */
  readonly accept?: string
  readonly several?: boolean
  readonly disabled: boolean
  onChosen(files: readonly ChosenFile[]): void
}

/** A place to drop files on that is a button as well. */
export const dropZone = (choice: FileChoice): TemplateResult =>
  html`<label
    class="drop"
    @dragover=${(event: DragEvent) => highlight(event, true)}
    @dragleave=${(event: DragEvent) => highlight(event, false)}
    @drop=${(event: DragEvent) => dropped(event, choice)}
  >
    ${fileInput(choice)} ${icon('upload')}
    <span class="drop-label">${choice.label}</span>
    <span class="soft">${choice.hint}</span>
  </label>`

/** A button alone. */
export const fileButton = (choice: FileChoice): TemplateResult =>
  html`<label class="link">${fileInput(choice)}${choice.label}</label>`

/** A button that chooses a folder. */
export const folderButton = (choice: FileChoice): TemplateResult =>
  html`<label class="link">
    <input
      type="file"
      class="unseen"
      webkitdirectory
      ?disabled=${choice.disabled}
      @change=${(event: Event) => chosen(event, choice)}
    />${choice.label}</label
  >`

const fileInput = (choice: FileChoice): TemplateResult =>
  html`<input
    type="file"
    class="unseen"
    accept=${choice.accept ?? ''}
    ?multiple=${choice.several === true}
    ?disabled=${choice.disabled}
    @change=${(event: Event) => chosen(event, choice)}
  />`

function chosen(event: Event, { onChosen }: FileChoice): void {
  const input = event.currentTarget as HTMLInputElement
  const files = filesOfInput(input.files ?? [])
  // Otherwise choosing the same file again would say nothing.
  input.value = ''
  if (files.length > 0) onChosen(files)
}

function highlight(event: DragEvent, over: boolean): void {
  event.preventDefault()
  ;(event.currentTarget as HTMLElement).classList.toggle('over', over)
}

function dropped(event: DragEvent, { onChosen, disabled }: FileChoice): void {
  highlight(event, false)
  event.stopPropagation()
  if (disabled || event.dataTransfer === null) return
  void filesOfDrop(event.dataTransfer).then((files) => files.length > 0 && onChosen(files))
}
