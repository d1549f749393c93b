import ts from 'typescript'

/** A function, however it is written. */
export type AnyFunction =
  ts.FunctionDeclaration | ts.FunctionExpression | ts.ArrowFunction | ts.MethodDeclaration

/** Whether a node is a function that has code. */
export function isFunction(node: ts.Node): node is AnyFunction {
  const isOne =
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node)
  return isOne && node.body !== undefined
}

/** What a node adds to the names of the functions in it. */
function ownName(node: ts.Node): string | undefined {
  const named =
    ts.isFunctionDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isMethodDeclaration(node)
  return named && node.name !== undefined && ts.isIdentifier(node.name) ? node.name.text : undefined
}

/**
 * The name of a node inside others: `conv2d.generate` for a function in the property `generate` of what is declared as `conv2d`.
 * Functions without names of their own share that of where they stand.
 *
 * @param outside the name of what the node stands in, `''` for a module.
 */
export function nameInside(outside: string, node: ts.Node): string {
  const name = ownName(node)
  if (name === undefined) return outside
  return outside === '' ? name : `${outside}.${name}`
}

/**
 * The functions of a module that stand in no other function, with their names, in the order of the code.
 *
 * @example
 * outermostFunctions(ts.createSourceFile('a.ts', 'export const double = (value: number) => 2 * value', ts.ScriptTarget.Latest))
 * // [{ name: 'double', node }]
 */
export function outermostFunctions(
  module: ts.SourceFile,
): readonly { readonly name: string; readonly node: AnyFunction }[] {
  const inside = (
    node: ts.Node,
    outside: string,
  ): readonly { readonly name: string; readonly node: AnyFunction }[] => {
    const name = nameInside(outside, node)
    if (isFunction(node)) return [{ name, node }]
    const children: ts.Node[] = []
    ts.forEachChild(node, (child) => void children.push(child))
    return children.flatMap((child) => inside(child, name))
  }
  return inside(module, '')
}
