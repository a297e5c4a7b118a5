import type { HttpContext } from '@adonisjs/core/http'
import { orRefused } from '#controllers/refusal'
import { localPath, previousPath } from '#identity/local_path'
import { types, type RaidType } from '#models/raid/enumerations'
import { refOf } from '#models/raid/refs'
import { review } from '#models/raid/reviewing'
import { MOST, readRow } from '#models/task/bulk/row'
import { refuse } from '#models/violation'
import { chosenEntries, reviewQueue, reviewState } from '#pages/raid/review_page'
import RaidItemPolicy from '#policies/raid_item_policy'
import { reviewEntries } from '#validators/raid_item'

export default class ReviewsController {
  /** Lists the entries chosen in a list, and asks for the outcome of their review. */
  async create(ctx: HttpContext) {
    const { htmx, project, request, response, session, viewer } = ctx
    const type = typeOf(request.qs().type)
    const numbers = new URLSearchParams(request.parsedUrl.query ?? '').getAll('entry')
    const entries = await chosenEntries(viewer, project, type, numbers)
    const list = localPath(request.qs().return_to, reviewQueue(project.id, type))
    if (entries.length === 0 || entries.length > MOST) {
      session.flash('warning', entries.length === 0 ? 'Choose at least one entry.' : TOO_MANY)
      return response.seeOther(list)
    }
    return htmx.page('pages/raid_items/review', await reviewState(entries, type, list))
  }

  /** Marks all of the entries as reviewed or, where one is refused, none, and says why. */
  async store(ctx: HttpContext) {
    const { project, request, response, session } = ctx
    const list = reviewQueue(project.id, typeOf(request.input('type')))
    const work = async () => {
      await reviewChosen(ctx)
      return localPath(request.input('return_to'), list)
    }
    const page = await orRefused(work, (refusal) => {
      session.flashValidationErrors(refusal)
      // The page's address names the entries.
      return previousPath(ctx, list)
    })
    return response.seeOther(page)
  }
}

async function reviewChosen({ project, request, session, viewer }: HttpContext) {
  const { type, rows: texts, ...given } = await request.validateUsing(reviewEntries)
  const rows = texts.map(readRow)
  const policy = new RaidItemPolicy()
  const may = (item: Parameters<RaidItemPolicy['update']>[1]) =>
    policy.update(viewer, item, project)
  const refused = await review(
    { project, viewer, type, rows, may },
    { nextReviewOn: given.next_review_on ?? null, remark: given.remark ?? null }
  )
  if (refused.length === 0) return session.flash('success', `${counted(rows.length)} reviewed.`)
  const reasons = refused.map(({ number, reason }) => [
    refOf(project.code, { type, number }),
    reason,
  ])
  session.flash('refused', Object.fromEntries(reasons))
  refuse('rows', `Nothing was marked as reviewed, because ${counted(refused.length)} cannot be.`)
}

const TOO_MANY = `Choose at most ${MOST} entries at once.`

function typeOf(given: unknown): RaidType {
  return Object.hasOwn(types, String(given)) ? (given as RaidType) : 'risk'
}

function counted(count: number) {
  return count === 1 ? '1 entry' : `${count} entries`
}
