import string from '@adonisjs/core/helpers/string'
import type { HttpContext } from '@adonisjs/core/http'
import { StaleRecord } from '#models/stale_record'
import { comparisonState, type Comparison } from '#pages/comparison'
import Tenancy from '#tenancy/tenancy'

/** A form and where it stands: `page` opens it, `done` is where its success leads. */
export type Saving = Omit<Comparison, 'present'> & { page: string; done: string; message: string }

/** Saves a form; where someone else saved first, shows both versions and keeps what was typed. */
export async function saveOrCompare(
  ctx: HttpContext,
  { page, done, message, ...comparison }: Saving,
  save: () => Promise<unknown>
) {
  const { response, session } = ctx
  try {
    await save()
  } catch (error: any) {
    if (error instanceof StaleRecord) return compare(ctx, { ...comparison, present: error.present })
    if (error.code !== 'E_VALIDATION_ERROR') throw error
    Tenancy.fail(error)
    // The page of two versions has no address of its own to go back to.
    session.flashValidationErrors(error)
    return response.redirect().status(303).toPath(page)
  }
  session.flash('success', message)
  return response.redirect().status(303).toPath(done)
}

async function compare({ htmx, request, response, viewer }: HttpContext, comparison: Comparison) {
  const state = await comparisonState(comparison, request.input('base'), viewer)
  response.status(409)
  htmx.answerWhole()
  return htmx.page('pages/gates/conflict', state)
}

/** Validated fields by the attribute that each fills; those not sent are left out. */
export function toAttributes<Attributes>(fields: Record<string, unknown>) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    given.map(([name, value]) => [string.camelCase(name), value])
  ) as Attributes
}

/** The way to a record of a project's gates. */
export function crumbsTo({ id }: { id: string }, rest: { href: string; label: string }[]) {
  return [{ href: `/projects/${id}/gates`, label: 'Gates' }, ...rest]
}
