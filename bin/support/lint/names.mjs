const TYPE = /^[\p{Lu}$][^_]*$/u
const HUNGARIAN = /^I[A-Z]/

/** Variables in camelCase, PascalCase or UPPER_CASE; types in PascalCase, interfaces without an I before their name. */
export const namesAreConventional = {
  create(context) {
    const variables = (node) => {
      for (const name of namesIn(node.id)) if (!isVariable(name.name)) refuse(context, name)
    }
    const type = ({ id }) => {
      if (id && !TYPE.test(id.name)) refuse(context, id)
    }
    return {
      VariableDeclarator: variables,
      ClassDeclaration: type,
      ClassExpression: type,
      TSTypeAliasDeclaration: type,
      TSEnumDeclaration: type,
      TSTypeParameter: ({ name }) => type({ id: name }),
      TSInterfaceDeclaration(node) {
        if (HUNGARIAN.test(node.id.name)) refuse(context, node.id)
        else type(node)
      },
    }
  },
}

function isVariable(name) {
  return !name.includes('_') || (/^[^_].*[^_]$/u.test(name) && name === name.toUpperCase())
}

/** The variables that a pattern declares. */
function namesIn(pattern) {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern]
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) => namesIn(each.value ?? each.argument))
    case 'ArrayPattern':
      return pattern.elements.flatMap(namesIn)
    case 'AssignmentPattern':
      return namesIn(pattern.left)
    case 'RestElement':
      return namesIn(pattern.argument)
    default:
      return []
  }
}

function refuse(context, node) {
  context.report({ node, message: `The name ${node.name} is not written as its kind is.` })
}
