import type { HttpContext } from '@adonisjs/core/http'
import { holdAsRead, mergeIn } from '#controllers/assistant/proposed'
import { closeAsDuplicate, endingOf, linkDuplicate } from '#models/raid/duplicates'
import { statusLabel } from '#models/raid/enumerations'
import { nextStatuses } from '#models/raid/transitions'
import type RaidItem from '#models/raid_item'
import { refuse } from '#models/violation'
import RaidItemPolicy from '#policies/raid_item_policy'
import Tenancy from '#tenancy/tenancy'
import { acceptMerge } from '#validators/assistant'

type Pair = Record<'kept' | 'closed', RaidItem>

export default class MergeAcceptancesController {
  /** Closes one of two entries as the duplicate of the other, or only links them, as the person chose. */
  async store(ctx: HttpContext) {
    const { bouncer, project, request, response, session } = ctx
    const { proposal, ...proposed } = await mergeIn(ctx)
    const { outcome, ...versions } = await request.validateUsing(acceptMerge)
    const pair = outcome === 'close_kept' ? swapped(proposed) : proposed
    await bouncer.with(RaidItemPolicy).authorize('update', pair.closed, project)
    await holdBoth(proposed, versions)
    Tenancy.withAssistant()
    const before = pair.closed.status
    if (outcome === 'link') await linkDuplicate(pair.closed, pair.kept)
    else await close(pair)
    await proposal.accept({ raidItemId: pair.closed.id }, { isEdited: outcome !== 'close' })
    session.flash('success', told(pair, outcome))
    if (outcome !== 'link') offerUndo(ctx, pair.closed, before)
    return response.seeOther(`/projects/${project.id}/assistant/duplicates`)
  }
}

function swapped({ kept, closed }: Pair): Pair {
  return { kept: closed, closed: kept }
}

/** In the order of their ids, like everything that locks both, to avoid a deadlock. */
async function holdBoth({ kept, closed }: Pair, versions: { kept: number; closed: number }) {
  const pair = [
    { item: kept, version: versions.kept },
    { item: closed, version: versions.closed },
  ]
  pair.sort((one, other) => (one.item.id < other.item.id ? -1 : 1))
  for (const { item, version } of pair) await holdAsRead(item, version)
}

async function close({ kept, closed }: Pair) {
  if (!endingOf(closed)) refuse('outcome', `${closed.ref} cannot be closed in its current status`)
  await closeAsDuplicate(closed, kept)
}

function told({ kept, closed }: Pair, outcome: string) {
  if (outcome === 'link') return `${closed.ref} is linked as a duplicate of ${kept.ref}.`
  const status = statusLabel(closed.type, closed.status).toLowerCase()
  return `${closed.ref} is now ${status}, as a duplicate of ${kept.ref}.`
}

/** If the former status may follow the new one, undoing takes one click; the link can be removed separately. */
function offerUndo({ project, session }: HttpContext, closed: RaidItem, before: string) {
  if (!nextStatuses(closed.type, closed.status).includes(before)) return
  session.flash('undo', {
    action: `/projects/${project.id}/raid/${closed.id}/status?_method=PUT`,
    fields: { status: before, lock_version: closed.lockVersion },
  })
}
