import { queueMails, type NewMail } from '#mails/outbox'
import Organisation from '#models/organisation'
import SystemAlert from '#models/system_alert'
import { everyOrganisation } from '#tenancy/organisations'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

type Reader = { id: string; name: string; email: string; time_zone: string | null }

/**
 * Mails an alert to the owners and admins of the organisations it concerns, in a separate transaction for each.
 * Suspended organisations are left out. Run twice, it mails once. Returns the number of organisations.
 */
export async function mailAlert(alertId: string): Promise<number> {
  const alert = await Tenancy.system(PLATFORM, () => SystemAlert.find(alertId))
  if (!alert) return 0
  const concerned = alert.targetId ? [alert.targetId] : await everyOrganisation()
  let told = 0
  for (const id of concerned) {
    if (await Tenancy.system(id, () => mailWithin(alert))) told++
  }
  return told
}

async function mailWithin(alert: SystemAlert) {
  const { organisationId, trx } = Tenancy.current()
  if (Tenancy.isSuspended) return false
  const organisation = await Organisation.find(organisationId, { client: trx })
  if (!organisation) return false
  const mails = (await leaders()).map((reader) => mailOf(alert, organisation.name, reader))
  await queueMails(mails)
  return mails.length > 0
}

function leaders() {
  const { organisationId, trx } = Tenancy.current()
  return sql<Reader>(
    trx,
    `select memberships.id, users.name, users.email, users.time_zone from memberships
       join users on users.id = memberships.user_id
      where memberships.organisation_id = ? and memberships.role in ('owner', 'admin')
        and memberships.status = 'active' and users.email is not null order by memberships.id`,
    [organisationId]
  )
}

function mailOf(alert: SystemAlert, organisation: string, reader: Reader): NewMail<'system_alert'> {
  const { id, kind, body, beginsAt, endsAt } = alert
  return {
    template: 'system_alert',
    to: {
      email: reader.email,
      name: reader.name,
      membershipId: reader.id,
      timeZone: reader.time_zone,
    },
    data: { kind, body, organisation, beginsAt, endsAt, path: '/' },
    key: `alert:${id}:${reader.id}`,
  }
}
