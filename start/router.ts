import { Route, type Router } from '@adonisjs/core/http'
import router from '@adonisjs/core/services/router'
import { asTokenHolder } from '#middleware/api_access'
import type { Scope } from '#models/api_token/scopes'
import type { Ability } from '#policies/permissions'
import {
  afterFreshSignIn,
  asGuest,
  asMember,
  asPerson,
  asPlatformAdmin,
} from '#middleware/access_middleware'
import { limitedTo } from '#middleware/limit_middleware'
import type { LimitName } from '#registries/limits'

/** How a route is guarded, and what it leaves in the audit trail. */
type Declaration = {
  access:
    | { kind: 'can'; ability: Ability; scope?: Scope | null }
    | { kind: 'person' | 'platform' | 'public'; reason: string }
  limit?: LimitName
  audits?: string
  unaudited?: string
  /** Only reads, and may use the replica. */
  readsReplica?: boolean
  /** How many minutes ago the person may have signed in. */
  freshFor?: number
  /** Why the same form takes effect each time it is sent. */
  repeats?: string
}

declare module '@adonisjs/core/http' {
  interface Route {
    /** Limits how often, otherwise 429. Declared before who may use the route, because it counts first. */
    limited(limit: LimitName): this
    /** Writes nothing, not even to the audit trail, and may read slightly outdated data. Declared before `can`. */
    readsReplica(): this
    /** A member with this ability, in the active organisation and, under `:project_id`, in that project. */
    can(ability: Ability): this
    /** A program whose token has the scope, acting for a member with this ability or as a service. */
    canByToken(ability: Ability, scope: Scope | null): this
    /** Any signed-in person, with no organisation active; says why that is enough. */
    forPerson(reason: string): this
    /** Admins of the platform, at work in its own tenancy; says what they do there. For others it is a 404. */
    forPlatform(reason: string): this
    /** Anyone; says why. */
    forAnyone(reason: string): this
    /**
     * Only after a sign-in within so many minutes; with an older one the person is asked to sign in again. Follows the
     * guard.
     */
    signedInWithin(minutes: number): this
    /** The audit event, such as `raid_item.created`, that each success writes. */
    audits(action: string): this
    /** Says why a route that changes something writes no audit event. */
    unaudited(reason: string): this
    /** Says why the same form takes effect each time it is sent, where others do so once. */
    repeats(reason: string): this
  }
}

/**
 * The router whose routes can be declared. Route files import it from here: modules with top-level await load in
 * parallel, so the framework's own may be imported before the declarations below exist.
 */
export default router

const declarations = new Map<Route, Partial<Declaration>>()

Route.macro('limited', function (this: Route, limit: LimitName) {
  if (declarations.get(this)?.access) {
    throw new Error(`Say limited('${limit}') before who may use ${this.getPattern()}`)
  }
  declare(this, { limit })
  return this.use(limitedTo(limit))
})
Route.macro('readsReplica', function (this: Route) {
  declare(this, { readsReplica: true })
  return this
})
Route.macro('can', function (this: Route, ability: Ability) {
  declare(this, { access: { kind: 'can', ability } })
  return this.use(asMember(ability, () => declarations.get(this)!))
})
Route.macro('canByToken', function (this: Route, ability: Ability, scope: Scope | null) {
  declare(this, { access: { kind: 'can', ability, scope } })
  return this.use(asTokenHolder(ability, scope))
})
Route.macro('forPerson', function (this: Route, reason: string) {
  declare(this, { access: { kind: 'person', reason } })
  return this.use(asPerson(() => declarations.get(this)!))
})
Route.macro('forPlatform', function (this: Route, reason: string) {
  declare(this, { access: { kind: 'platform', reason } })
  return this.use(asPlatformAdmin(() => declarations.get(this)!))
})
Route.macro('forAnyone', function (this: Route, reason: string) {
  declare(this, { access: { kind: 'public', reason } })
  return this.use(asGuest(() => declarations.get(this)!))
})
Route.macro('signedInWithin', function (this: Route, minutes: number) {
  declare(this, { freshFor: minutes })
  return this.use(afterFreshSignIn(minutes))
})
Route.macro('audits', function (this: Route, action: string) {
  declare(this, { audits: action })
  return this
})
Route.macro('unaudited', function (this: Route, reason: string) {
  declare(this, { unaudited: reason })
  return this
})
Route.macro('repeats', function (this: Route, reason: string) {
  declare(this, { repeats: reason })
  return this
})

function declare(route: Route, part: Partial<Declaration>) {
  declarations.set(route, { ...declarations.get(route), ...part })
}

export type DeclaredRoute = { name?: string; pattern: string; methods: string[] } & Declaration

/** Every committed route with its declaration. Throws, naming them, when one lacks it: nothing is open by omission. */
export function declaredRoutes(of: Router = router): DeclaredRoute[] {
  const declared = new Map<string, Declaration>()
  for (const [route, declaration] of declarations) {
    const { pattern, methods } = route.toJSON()
    declared.set(key(pattern, methods), declaration as Declaration)
  }
  const routes = Object.values(of.toJSON()).flat()
  const missing = routes.filter((route) =>
    lacks(declared.get(key(route.pattern, route.methods)), route.methods)
  )
  if (missing.length > 0) {
    const names = missing.map((route) => `${route.methods.join('|')} ${route.pattern}`).join(', ')
    throw new Error(
      `Routes without a declared ability, reason or audit event: ${names}. Say who may: .can(ability), or .forPerson, ` +
        '.forPlatform or .forAnyone with the reason; and of what writes: .audits(event), or .unaudited(reason).'
    )
  }
  return routes.map(({ name, pattern, methods }) => ({
    name,
    pattern,
    methods,
    ...declared.get(key(pattern, methods))!,
  }))
}

function key(pattern: string, methods: string[]) {
  return `${methods.join('|')} ${pattern}`
}

function lacks(declaration: Partial<Declaration> | undefined, methods: string[]) {
  if (!declaration?.access) return true
  const changes = methods.some((method) => !['GET', 'HEAD'].includes(method))
  return changes && !declaration.audits && !declaration.unaudited
}
