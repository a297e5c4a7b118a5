/** Oxlint's rules of our own, and those that it lacks. `tests/unit/lint.spec.ts` breaks each. */
import { namesAreConventional } from './names.mjs'
import { elementsAreIterated } from './loops.mjs'
import { controllersAreLazy, listenersAreLazy } from './lazy_imports.mjs'

/** Where a commit may be refused, only one function tells. */
const commitsAreTold = {
  create: (context) => ({
    CallExpression(node) {
      if (!calls(node, 'transaction') || node.arguments.length === 0) return
      context.report({
        node,
        message: 'Use #tenancy/transaction: it tells when the database refuses the commit.',
      })
    },
  }),
}

const writesAnswer303 = {
  create: (context) => ({
    CallExpression(node) {
      if (!calls(node, 'toPath') || !calls(node.callee.object, 'status')) return
      context.report({
        node,
        message: 'Use response.seeOther(path): every write answers 303.',
      })
    },
  }),
}

const undefinedIsImplied = {
  create: (context) => ({
    VariableDeclarator({ id, init, parent }) {
      if (init?.type !== 'Identifier' || init.name !== 'undefined' || parent.kind === 'const')
        return
      context.report({ node: id, message: 'A variable without a value is undefined already.' })
    },
  }),
}

function calls(node, method) {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.property.name === method
  )
}

export default {
  meta: { name: 'house' },
  rules: {
    'commits-are-told': commitsAreTold,
    'writes-answer-303': writesAnswer303,
    'undefined-is-implied': undefinedIsImplied,
    'names-are-conventional': namesAreConventional,
    'elements-are-iterated': elementsAreIterated,
    'controllers-are-lazy': controllersAreLazy,
    'listeners-are-lazy': listenersAreLazy,
  },
}
