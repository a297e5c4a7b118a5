import type { HttpContext } from '@adonisjs/core/http'
import { toAttributes } from '#controllers/attributes'
import type Project from '#models/project'
import { statusLabel, type RaidType } from '#models/raid/enumerations'
import { placedPeople, type PeopleInput } from '#models/raid/people'
import { isShared } from '#models/raid/agreement'
import { invalidate } from '#models/raid/invalidation'
import { unknownReferences, violations } from '#models/raid/rules'
import type RaidItem from '#models/raid_item'
import { refuse, refuseAll } from '#models/violation'
import { raidItemValidator } from '#validators/raid_item'

/**
 * The validated fields of an item's form as attributes, and who may read it if it is kept to named people. People
 * outside are locked here, so the item must be locked afterwards.
 */
export async function itemInput(request: HttpContext['request'], type: RaidType) {
  const { reader_ids: readerIds, ...fields } = await request.validateUsing(raidItemValidator(type))
  const { actioneeId, counterpartPersonId, ...others } = toAttributes<PeopleInput>(fields)
  const people = await placedPeople({ actioneeId, counterpartPersonId })
  return {
    attributes: { ...others, ...people } as Partial<RaidItem>,
    readerIds: withoutBlank(readerIds),
  }
}

/** The form always sends one blank reader, so that choosing no one differs from not being asked. */
function withoutBlank(readerIds: (string | null)[] | undefined) {
  return readerIds?.filter((id): id is string => id !== null)
}

/** Refuses an item that breaks a rule, beside the fields concerned. */
export async function refuseViolations(
  item: RaidItem,
  { viewer, project }: Pick<HttpContext, 'viewer' | 'project'>,
  readerIds?: string[]
) {
  const unknown = await unknownReferences(item, { viewer, project }, readerIds)
  refuseAll([...violations(item), ...unknown])
}

/** Refuses a status that may not follow the present one. An assumption proved false needs a reason. */
export async function refuseMove(
  item: RaidItem,
  project: Project,
  status: string,
  reason?: string | null
) {
  if (status === item.status) return
  if (!item.mayBecome(status)) {
    if (status === 'agreed' && isShared(item)) {
      refuse('status', 'It becomes agreed when both projects agree')
    }
    const [from, to] = [item.status, status].map((key) => statusLabel(item.type, key))
    refuse('status', `${from} cannot become ${to}`)
  }
  if (status === 'invalidated') await invalidate(item, project, reason)
}
