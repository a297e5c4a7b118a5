/** A loop that counts through an array only to read its elements is written `for (const element of array)`. */
export const elementsAreIterated = {
  create: (context) => ({
    ForStatement(node) {
      const counted = countedIn(node)
      if (!counted || node.body.type !== 'BlockStatement') return
      const uses = usesIn(context.sourceCode, node.body)
      const reads = uses.filter(({ identifier }) => identifier.name === counted.array)
      const isMoved = uses.some((use) => use.identifier.name === counted.index && use.isWrite())
      if (isMoved || reads.length === 0) return
      if (reads.every(({ identifier }) => readsElement(identifier, counted.index))) {
        context.report({ node, message: 'Use a for-of loop instead of counting.' })
      }
    },
  }),
}

/** The names in `for (let index = 0; index < array.length; index++)`, and in its other spellings. */
function countedIn({ init, test, update }) {
  const [first, second] = init?.type === 'VariableDeclaration' ? init.declarations : []
  if (!first || second || first.id.type !== 'Identifier' || first.init?.value !== 0) return null

  const index = first.id.name
  const array = boundOf(test, index)
  return array && stepsByOne(update, index) ? { index, array } : null
}

function boundOf(test, index) {
  if (test?.type !== 'BinaryExpression') return null
  const sides = { '<': [test.left, test.right], '>': [test.right, test.left] }[test.operator]
  if (!sides || !isNamed(sides[0], index)) return null

  const [, bound] = sides
  const isLength = bound.type === 'MemberExpression' && isNamed(bound.property, 'length')
  return isLength && bound.object.type === 'Identifier' ? bound.object.name : null
}

function stepsByOne(update, index) {
  if (update?.type === 'UpdateExpression') {
    return update.operator === '++' && isNamed(update.argument, index)
  }
  if (update?.type !== 'AssignmentExpression' || !isNamed(update.left, index)) return false
  if (update.operator === '+=') return update.right.value === 1
  const { left, right, operator } = update.right
  if (update.operator !== '=' || operator !== '+') return false
  return (isNamed(left, index) && right.value === 1) || (isNamed(right, index) && left.value === 1)
}

function isNamed(node, name) {
  return node?.type === 'Identifier' && node.name === name
}

function usesIn({ scopeManager }, body) {
  const scope = scopeManager.acquire(body)
  return scope ? usesOf(scope) : []
}

function usesOf({ references, childScopes }) {
  return [...references, ...childScopes.flatMap(usesOf)]
}

function readsElement({ parent }, index) {
  if (parent.type !== 'MemberExpression' || parent.property.name !== index) return false
  return !(parent.parent.type === 'AssignmentExpression' && parent.parent.left === parent)
}
