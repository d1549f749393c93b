import { elementCount } from '@quantrx/core'
import { outputLabels } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import type { Environment } from '../environment.ts'

/** How many classes a model tells apart: the scores of its only output; undefined where that is not what it does. */
export function classCount(model: Model): number | undefined {
  const graph = model.subgraphs?.[0]
  const [output, second] = graph?.outputs ?? []
  const shape = graph?.tensors?.[output ?? -1]?.shape ?? []
  const count = shape.at(-1) ?? 0
  const isClassifier = second === undefined && count > 1 && elementCount(shape) === count
  return isClassifier ? count : undefined
}

/** The names of the classes that a model tells apart, in the order of its scores, where its metadata names each of them. */
export async function publishedClassNames(model: Model): Promise<readonly string[] | undefined> {
  const [names = []] = await outputLabels(model)
  return names.length > 0 && names.length === classCount(model) ? names : undefined
}

/** Tells, once, that the names of folders are other classes than those of the model. */
export function tellOtherClasses(
  model: Model,
  { stderr }: Pick<Environment, 'stderr'>,
): (names: number) => void {
  let told = false
  return (names) => {
    if (told) return
    told = true
    const found = `samples lie in or are named by ${names} classes, the model tells ${classCount(model)} apart`
    stderr(`quantrx: ${found}; they count as samples without labels unless --classes names all\n`)
  }
}
