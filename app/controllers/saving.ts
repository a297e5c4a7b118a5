import type { HttpContext } from '@adonisjs/core/http'
import type { LucidRow } from '@adonisjs/lucid/types/model'
import { orRefused } from '#controllers/refusal'
import { StaleRecord } from '#models/saving/stale_record'
import { comparisonState, type Comparison } from '#pages/comparison'

/** A form: `page` opens it, and `compare` shows what happened to its record when someone else saved first. */
type Form<Present extends LucidRow> = {
  page: string
  compare: (present: Present) => Comparison | Promise<Comparison>
}

/** A form whose record is compared as stored. `done` is where success leads, with its message. */
export type PlainForm = Omit<Comparison, 'present'> & {
  page: string
  done: string
  message: string
}

/** Saves a form; if someone else saved first, shows both versions and keeps what was typed. */
export function saveOrCompare(
  ctx: HttpContext,
  { page, done, message, ...comparison }: PlainForm,
  save: () => Promise<unknown>
) {
  const compare = (present: LucidRow) => ({ ...comparison, present })
  return orCompare(ctx, { page, compare }, async () => {
    await save()
    ctx.session.flash('success', message)
    return ctx.response.seeOther(done)
  })
}

/** Does what a form asks for; if someone else saved first, shows both versions and keeps what was typed. */
export async function orCompare<Present extends LucidRow>(
  ctx: HttpContext,
  { page, compare }: Form<Present>,
  work: () => Promise<unknown>
) {
  try {
    // The page of two versions has no address to return to.
    return await orRefused(work, (refusal) => {
      ctx.session.flashValidationErrors(refusal)
      return ctx.response.seeOther(page)
    })
  } catch (error) {
    if (error instanceof StaleRecord) return showBoth(ctx, await compare(error.present as Present))
    throw error
  }
}

async function showBoth({ htmx, request, response, viewer }: HttpContext, comparison: Comparison) {
  const state = await comparisonState(comparison, request.input('base'), viewer)
  response.status(409)
  htmx.answerWhole()
  return htmx.page('pages/two_versions', state)
}
