import { styleText } from 'node:util'
import type { Surface } from './surface.ts'

/** What a piece of text is; decides how it looks. */
export type Role = 'heading' | 'rule' | 'failure' | 'warning' | 'command' | 'option'

const styles = {
  heading: 'bold',
  rule: 'dim',
  failure: 'red',
  warning: 'yellow',
  command: 'cyan',
  option: 'green',
} as const satisfies Record<Role, Parameters<typeof styleText>[0]>

/** The text as it looks on a surface. */
export const paint = ({ color }: Surface, role: Role, text: string): string =>
  color ? styleText(styles[role], text, { validateStream: false }) : text
