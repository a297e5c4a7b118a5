import type { HttpContext } from '@adonisjs/core/http'
import { orientation } from '#identity/orientation'
import { declaredRoutes, type DeclaredRoute } from '#start/router'

type Access = DeclaredRoute['access']

/**
 * Which pages the reader of a public page can open, by address. Anyone who first has to sign in or choose an
 * organisation counts as able: only then is it known.
 */
export async function openable(ctx: HttpContext): Promise<(path: string) => boolean> {
  const isStaff = ctx.person?.platformRole === 'admin'
  const found = ctx.person && (await orientation(ctx))
  return (path) => {
    const access = accessOf(path)
    if (access?.kind === 'platform') return isStaff
    if (access?.kind !== 'can' || !ctx.person) return true
    return Boolean(found?.viewer.can(access.ability))
  }
}

/** Whether this request came to a route that needs no sign-in. */
export function isForAnyone({ route }: HttpContext) {
  byName ??= new Map(declaredRoutes().map(({ access, name }) => [name, access]))
  return route?.name !== undefined && byName.get(route.name)?.kind === 'public'
}

/** Collected once: the routes stay as they are, and each refusal asks. */
let byName: Map<string | undefined, Access> | null = null
let known: Map<string, Access> | null = null

/** Who can open a page whose address contains no record; undefined for every other address. */
function accessOf(path: string) {
  known ??= new Map(
    declaredRoutes()
      .filter(({ methods }) => methods.includes('GET'))
      .map(({ access, pattern }) => [pattern, access])
  )
  return known.get(path)
}
