import type { ModelContents } from './describe-contents.ts'
import { table } from './output.ts'
import type { Table } from './output.ts'

/** What a file has besides what runs, for people: a table for each kind of thing that is there. */
export function drawContents(contents: ModelContents): readonly (string | Table)[] {
  const { signatures, metadata, associatedFiles, customOperators, sparseTensors, dynamicShapes, graphs } =
    contents
  return [
    ...section(
      ['signature', 'subgraph', 'inputs', 'outputs'],
      signatures.map(({ key, subgraph, inputs, outputs }) => [
        key,
        subgraph,
        inputs.join(', '),
        outputs.join(', '),
      ]),
    ),
    ...section(
      ['subgraph', 'name', 'operators', 'tensors'],
      graphs.length < 2
        ? []
        : graphs.map(({ name, operators, tensors }, at) => [at, name, operators, tensors]),
    ),
    ...section(
      ['metadata', 'bytes'],
      metadata.map(({ name, bytes }) => [name, bytes]),
    ),
    ...section(
      ['associated file', 'bytes'],
      associatedFiles.map(({ name, bytes }) => [name, bytes]),
    ),
    ...section(['custom operator', 'count'], Object.entries(customOperators)),
    ...section(
      ['sparse tensor', 'subgraph', 'index'],
      sparseTensors.map(({ name, subgraph, index }) => [name, subgraph, index]),
    ),
    ...section(
      ['dynamic shape', 'subgraph', 'index', 'shape'],
      dynamicShapes.map(({ name, subgraph, index, shape }) => [
        name,
        subgraph,
        index,
        `[${shape.join(', ')}]`,
      ]),
    ),
    ...drawUnknown(contents),
  ]
}

function section(
  headings: readonly string[],
  rows: Parameters<typeof table>[1],
): readonly (string | Table)[] {
  if (rows.length === 0) return []
  const left = rows.length - shownRows
  // One row that is left out would take as much room as the line that says so.
  if (left <= 1) return ['', table(headings, rows)]
  return ['', table(headings, rows.slice(0, shownRows)), `… ${left} more, all with --json`]
}

/** Rows of each table: every tensor of a large model may have an open size. */
const shownRows = 10

function drawUnknown({
  unknownFields,
  unknownOperators,
  externalBuffers,
}: ModelContents): readonly (string | Table)[] {
  const external =
    externalBuffers.count === 0
      ? []
      : [
          '',
          `${externalBuffers.count} buffers outside the FlatBuffer: ${externalBuffers.bytes.toLocaleString('en')} bytes`,
        ]
  const operators =
    unknownOperators.length === 0
      ? []
      : ['', `operators newer than this version, carried as they are: ${unknownOperators.join(', ')}`]
  return [
    ...external,
    ...operators,
    ...section(
      ['newer than this version, lost when written'],
      unknownFields.map((path) => [path]),
    ),
  ]
}
