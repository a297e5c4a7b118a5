const VERBS = ['get', 'post', 'put', 'delete', 'patch']

/** A file that is replaced while the server runs is imported when it is asked for, not with the routes. */
export const controllersAreLazy = lazy({
  services: ['@adonisjs/core/services/router', '#start/router'],
  named(method, second) {
    if (method === 'resource') return [second]
    return VERBS.includes(method) && second?.type === 'ArrayExpression' ? [second.elements[0]] : []
  },
})

export const listenersAreLazy = lazy({
  services: ['@adonisjs/core/services/emitter'],
  named: (method, second) =>
    method === 'on' && second?.type === 'ArrayExpression' ? second.elements : [],
})

/** Refuses the import of what is named in the second argument of a call of a service's method. */
function lazy({ services, named }) {
  return {
    create(context) {
      const imports = new Map()
      const names = new Set()
      return {
        ImportDeclaration(node) {
          for (const { local } of node.specifiers) imports.set(local.name, node)
          if (!services.includes(node.source.value)) return
          for (const { local } of node.specifiers) names.add(local.name)
        },
        CallExpression({ callee, arguments: [, second] }) {
          if (callee.type !== 'MemberExpression' || !names.has(callee.object.name)) return
          for (const element of named(callee.property.name, second)) {
            const eager = element?.type === 'Identifier' && imports.get(element.name)
            if (eager) context.report({ node: eager, message: 'Import it with () => import().' })
          }
        },
      }
    },
  }
}
