/**
 * A process of its own on the Node to be measured: measures one table and sends it to the process that started it.
 * Arguments: the name of the table and its settings as JSON.
 */
import { tables } from '../tables/index.ts'
import type { Settings } from '../tables/table.ts'
import type { MeasuredTable } from './measured-table.ts'

const [name = '', settings = '{}'] = process.argv.slice(2)
const table = tables.find((each) => each.name === name)
if (table === undefined) throw new Error(`no table ${name}`)
const data = await table.measure(JSON.parse(settings) as Settings)
const measured: MeasuredTable = { name, data, drawing: table.draw(data), claims: table.claims(data) }
process.send?.(measured)
process.disconnect?.()
