import ts from 'typescript'
import { isFunction, nameInside } from './outermost-function.ts'

/** Whether engines shall compile an outermost function of a module, and all functions in it, when they load the module. */
export type IsEager = (path: string, name: string) => boolean

/**
 * Puts functions in parentheses: engines take those for called at once and compile them as they read them, where they would skip
 * others and read them again at the first call (https://v8.dev/blog/preparser). Declarations become constants at the top of their
 * module, so that nothing asks for one before it is there.
 *
 * Runs on JavaScript, after types are gone.
 */
export const eagerTransformer =
  (isEager: IsEager): ts.TransformerFactory<ts.SourceFile> =>
  (context) =>
  (module) => {
    const path = ts.getOriginalNode(module, ts.isSourceFile).fileName
    const visit = (node: ts.Node, outside: string, inEager: boolean): ts.Node => {
      const name = nameInside(outside, node)
      const eager = inEager || (isFunction(node) && isEager(path, name))
      if (isFunction(node) && !eager) return node
      const visited = ts.visitEachChild(node, (child) => visit(child, name, eager), context)
      if (ts.isParenthesizedExpression(visited) && ts.isParenthesizedExpression(visited.expression))
        return visited.expression
      return isFunction(visited) && ts.isExpression(visited)
        ? context.factory.createParenthesizedExpression(visited)
        : visited
    }
    const [first, constants, others]: [ts.Statement[], ts.Statement[], ts.Statement[]] = [[], [], []]
    for (const statement of module.statements) {
      const constant = constantOf(statement)
      if (staysFirst(statement)) first.push(statement)
      else if (constant !== undefined) constants.push(constant)
      else others.push(visit(statement, '', false) as ts.Statement)
    }
    return context.factory.updateSourceFile(module, [...first, ...constants, ...others])

    function constantOf(statement: ts.Statement): ts.Statement | undefined {
      if (!ts.isFunctionDeclaration(statement) || statement.name === undefined) return undefined
      if (statement.body === undefined || isDefault(statement)) return undefined
      if (!isEager(path, statement.name.text)) return undefined
      return declaredAsConstant(context.factory, visit(statement, '', false) as ts.FunctionDeclaration)
    }
  }

/** There is no constant that a module exports without a name. */
const isDefault = (declaration: ts.FunctionDeclaration): boolean =>
  (ts.getModifiers(declaration) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)

/** Imports, and directives such as `'use strict'`. */
const staysFirst = (statement: ts.Statement): boolean =>
  ts.isImportDeclaration(statement) ||
  (ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression))

/** `export function f() {…}` as `export const f = (function () {…})`. */
function declaredAsConstant(factory: ts.NodeFactory, declaration: ts.FunctionDeclaration): ts.Statement {
  const { name, asteriskToken, parameters, body } = declaration
  const modifiers = ts.getModifiers(declaration) ?? []
  const isAsync = ({ kind }: ts.Modifier): boolean => kind === ts.SyntaxKind.AsyncKeyword
  const value = factory.createFunctionExpression(
    modifiers.filter(isAsync),
    asteriskToken,
    undefined,
    undefined,
    parameters,
    undefined,
    body!,
  )
  const list = factory.createVariableDeclarationList(
    [
      factory.createVariableDeclaration(
        name!,
        undefined,
        undefined,
        factory.createParenthesizedExpression(value),
      ),
    ],
    ts.NodeFlags.Const,
  )
  const statement = factory.createVariableStatement(
    modifiers.filter((modifier) => !isAsync(modifier)),
    list,
  )
  return ts.setTextRange(ts.setOriginalNode(statement, declaration), declaration)
}
