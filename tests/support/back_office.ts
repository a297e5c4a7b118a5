import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { openedMails } from '#tests/support/sealed'
import type { World } from '#tests/support/world'

/** The back office's page of an organisation. */
export function pathOf({ organisationId }: World) {
  return `/admin/organisations/${organisationId}`
}

/** An organisation as the database has it. */
export async function rowOf({ organisationId }: World) {
  const [row] = await sql(admin(), 'select * from organisations where id = ?', [organisationId])
  return row
}

/** What was mailed to an address, and for which organisation. */
export async function lettersTo(email: string) {
  const mails = await openedMails('select * from email_outbox where email = ? order by id', [email])
  return mails.map(({ subject, organisation_id: of }: any) => ({ subject, of }))
}

/** What staff did to a record, according to the trail of this organisation. */
export async function actionsIn(organisationId: string, entityId: string) {
  const rows = await sql(
    admin(),
    `select action, actor_kind from audit.events where organisation_id = ? and entity_id = ? order by seq`,
    [organisationId, entityId]
  )
  return rows.filter(({ actor_kind: kind }) => kind === 'staff').map(({ action }) => action)
}
