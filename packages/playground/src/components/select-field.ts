import { html } from 'lit/html.js'
import type { TemplateResult } from 'lit/html.js'
import { live } from 'lit/directives/live.js'

/** One of a few values, each with what people call it. */
export interface SelectField<Value extends string> {
  readonly label: string
  readonly options: readonly (readonly [Value, string])[]
  readonly value: Value
  readonly disabled: boolean
  onChosen(value: Value): void
}

/** A labelled choice. */
export const selectField = <Value extends string>(field: SelectField<Value>): TemplateResult =>
  html`<label class="field">
    <span>${field.label}</span>
    <select
      .value=${live(field.value)}
      ?disabled=${field.disabled}
      @change=${(event: Event) => field.onChosen((event.currentTarget as HTMLSelectElement).value as Value)}
    >
      ${field.options.map(
        ([value, name]) => html`<option value=${value} ?selected=${value === field.value}>${name}</option>`,
      )}
    </select>
  </label>`
