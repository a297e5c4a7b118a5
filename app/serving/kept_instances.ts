import { ContainerResolver } from '@adonisjs/core/container'

type Importer = () => Promise<{ default: unknown }>

const keeping = new Set<unknown>()
const kept = new Map<unknown, object>()
const instances = new WeakSet<object>()

/**
 * Has one instance of an imported class serve all requests; only for what keeps nothing of a request. The container
 * makes each anew otherwise, reads its source to see that it is a class, and tells of it: for every request, and for
 * every middleware that it passes.
 */
export function keptFrom<T extends Importer>(importer: T): T {
  return (async () => {
    const module = await importer()
    keepInstance(module.default)
    return module
  }) as T
}

/** The same for a class that is there. */
export function keepInstance(made: unknown) {
  keeping.add(made)
}

/** Has the container give out what is kept, once, at boot. */
export function installKeptInstances() {
  const { make, call } = ContainerResolver.prototype as any
  Object.assign(ContainerResolver.prototype, {
    async make(this: any, binding: unknown, ...rest: unknown[]) {
      const known = kept.get(binding)
      if (known) return known
      const instance = await make.call(this, binding, ...rest)
      if (keeping.has(binding)) {
        kept.set(binding, instance)
        instances.add(instance)
      }
      return instance
    },
    async call(this: any, value: any, method: string, given: unknown[] = [], ...rest: unknown[]) {
      if (instances.has(value)) return value[method](...given)
      return call.call(this, value, method, given, ...rest)
    },
  })
}
