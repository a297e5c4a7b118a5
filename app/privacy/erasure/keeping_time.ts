import { addDays, dayOf, daysBetween, todayUtc } from '#models/days'
import { eachInTurn } from '#tenancy/each_in_turn'
import Erasure from '#models/erasure'
import type ErasureFind from '#models/erasure_find'
import PrivacyRequest from '#models/privacy_request'
import { BEGINS_DAYS_BEFORE } from '#models/privacy_request/clock'
import { undecidedErasures } from '#models/privacy_request/queue'
import { mailDesk } from '#privacy/desk_mail'
import { isRedactable, redactFinds } from '#privacy/erasure/deciding'
import { FILES } from '#privacy/erasure/files'
import { soleOwnerships, startErasure } from '#privacy/erasure/start'
import { workOn } from '#privacy/erasure/work'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** How many days before the deadline unread texts are redacted. */
const READ_BY_DAYS_BEFORE = 1

/** Days within which an erasure without a request is finished as well. */
const WITHIN_DAYS = 30

/**
 * Keeps the privacy policy's thirty days when the desk does not act: erasures that members asked for start
 * automatically, and names are removed from texts that have not been read in time. Returns how many erasures moved on.
 */
export async function keepErasuresInTime(today = todayUtc()): Promise<number> {
  const [waiting, unread] = await Tenancy.system(PLATFORM, async () => [
    await undecidedErasures(addDays(today, BEGINS_DAYS_BEFORE)),
    await Erasure.query().select('id').where('status', 'reviewing').orderBy('id'),
  ])
  const steps = [
    ...waiting.map(
      ({ id }) =>
        () =>
          Tenancy.system(PLATFORM, () => beginUnasked(id))
    ),
    ...unread.map(
      ({ id }) =>
        () =>
          redactUnread(id, today)
    ),
  ]
  const moved = await eachInTurn(steps, (move) => move(), 'Some erasures were not moved on')
  return moved.filter(Boolean).length
}

/** The desk decides about an only owner of an organisation: no one else could run it. */
async function beginUnasked(id: string) {
  const request = await PrivacyRequest.findById(id)
  const { userId, ref } = request
  if (!request.mayBeErased || !userId || (await soleOwnerships(userId)).length > 0) return false
  const erasure = await startErasure({ userId, requestId: id, startedBy: null })
  await request.log(
    'note',
    'The erasure started automatically, because the desk had not decided in time.'
  )
  await mailDesk(
    {
      subject: `${ref}: the erasure started automatically`,
      paragraphs: [
        `Nobody had started or refused the erasure requested in ${ref}, and it must be finished within 30 days. Read the texts that name the person as soon as they are found.`,
      ],
      path: `/admin/privacy/erasures/${erasure.id}`,
      action: 'Open the erasure',
    },
    `privacy:${id}:begun_by_itself`
  )
  return true
}

/** Each place in a transaction of its own: one in which the name cannot be replaced does not hold the others up. */
async function redactUnread(id: string, today: string) {
  const finds = await Tenancy.system(PLATFORM, () => unreadFinds(id, today))
  await eachInTurn(
    finds,
    (find) =>
      Tenancy.system(PLATFORM, async () => redactFinds(await Erasure.findById(id), [find.id])),
    'Some names were not taken out'
  )
  return finds.length > 0
}

/**
 * A reader has to decide about files, because they would be deleted whole; about names that may be common words; and
 * about organisations that the person was never in.
 */
async function unreadFinds(id: string, today: string) {
  const erasure = await Erasure.findById(id)
  const { traces } = erasure
  if (daysBetween(today, await finishBy(erasure)) > READ_BY_DAYS_BEFORE) return []
  if (!traces?.names.every(isUnmistakable)) return []
  const { isKnownIn } = await workOn(erasure, traces)
  const finds = await erasure.finds.where('state', 'open')
  return finds.filter((find) => isText(find) && isKnownIn(find.placeOrganisationId))
}

async function finishBy({ requestId, createdAt }: Erasure) {
  if (requestId) return (await PrivacyRequest.findById(requestId)).answerBy
  return addDays(dayOf(createdAt), WITHIN_DAYS)
}

/** A single word may be an ordinary one, unless it is an address. */
function isUnmistakable(name: string) {
  return name.includes('@') || name.trim().split(/\s+/).length > 1
}

function isText(find: ErasureFind) {
  return find.place !== FILES && isRedactable(find)
}
