import { controller } from '#config/privacy'
import { isAddress } from '#mails/headers'
import { queueMails, type NewMail } from '#mails/outbox'
import Organisation from '#models/organisation'
import SystemAlert from '#models/system_alert'
import { everyOrganisation } from '#tenancy/organisations'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

type Reader = {
  id: string
  name: string
  email: string
  time_zone: string | null
  is_leader: boolean
}

type AlertMail = NewMail<'system_alert'>

/**
 * Mails an alert to its readers in the organisations it concerns. Suspended ones hear of incidents only: whoever stops a
 * leak by suspending one still owes its people the news. Run twice, it mails once. Returns the number of organisations.
 */
export async function mailAlert(alertId: string): Promise<number> {
  const alert = await Tenancy.system(PLATFORM, () => SystemAlert.find(alertId))
  if (!alert) return 0
  const concerned = alert.targetId ? [alert.targetId] : await everyOrganisation()
  let told = 0
  for (const id of concerned) if (await mailTo(id, alert)) told++
  return told
}

/** The mails of a suspended organisation are on hold: what it has to be told goes out among the platform's own. */
async function mailTo(organisationId: string, alert: SystemAlert) {
  const { mails, isSuspended } = await Tenancy.system(organisationId, async () => ({
    mails: await mailsOf(alert),
    isSuspended: Tenancy.isSuspended,
  }))
  if (isSuspended && alert.kind !== 'incident') return false
  await (isSuspended
    ? Tenancy.system(PLATFORM, () => queueMails(mails.map(withoutMembership)))
    : Tenancy.system(organisationId, () => queueMails(mails)))
  return mails.length > 0
}

function withoutMembership({ to: { membershipId, ...to }, ...mail }: AlertMail): AlertMail {
  return { ...mail, to }
}

async function mailsOf(alert: SystemAlert) {
  const { organisationId, trx } = Tenancy.current()
  const organisation = await Organisation.find(organisationId, { client: trx })
  if (!organisation) return []
  const readers = await (alert.mailsMembers ? everybody() : leaders())
  // One address that no mail can be sent to must not keep the news from all others.
  return readers
    .filter(({ email }) => isAddress(email))
    .map((reader) => mailOf(alert, organisation.name, reader))
}

function leaders() {
  return readersWhere(`memberships.role in ('owner', 'admin') and memberships.status = 'active'`)
}

/** Who left is concerned by what was kept of them. */
function everybody() {
  return readersWhere('true')
}

function readersWhere(condition: string) {
  const { organisationId, trx } = Tenancy.current()
  return sql<Reader>(
    trx,
    `select memberships.id, users.name, users.email, users.time_zone,
            memberships.role in ('owner', 'admin') as is_leader from memberships
       join users on users.id = memberships.user_id
      where memberships.organisation_id = ? and ${condition} and users.email is not null
      order by memberships.id`,
    [organisationId]
  )
}

function mailOf(alert: SystemAlert, organisation: string, reader: Reader): AlertMail {
  const { id, kind, body, beginsAt, endsAt } = alert
  return {
    template: 'system_alert',
    to: {
      email: reader.email,
      name: reader.name,
      membershipId: reader.id,
      timeZone: reader.time_zone,
    },
    data: {
      kind,
      body,
      paragraphs: paragraphsOf(alert),
      organisation,
      isLeader: reader.is_leader,
      beginsAt,
      endsAt,
      path: '/',
    },
    key: `alert:${id}:${reader.id}`,
  }
}

function paragraphsOf({ letter }: SystemAlert) {
  if (!letter) return []
  return [...letter.split(/\n\s*\n/), `If you have a question, email ${controller.email}.`]
}
