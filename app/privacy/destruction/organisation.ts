import drive from '@adonisjs/drive/services/main'
import { validate as isUuid } from 'uuid'
import { PACK_FOLDER } from '#exports/board_pack/store'
import PrivacyRequest from '#models/privacy_request'
import { verifyIdentity } from '#models/privacy_request/identifying'
import { receiveRequest } from '#models/privacy_request/receiving'
import { FILE_FOLDERS } from '#models/stored_file/homes'
import { removeOrganisation, type By, type Tombstone } from '#privacy/destruction/removal'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'

/** Someone who belongs to no other organisation. */
export type Left = { id: string; name: string; email: string }

export type Erased = { tombstone: Tombstone | null; people: Left[] }

/** Where an organisation's files are in the store. */
const FOLDERS = [...FILE_FOLDERS, PACK_FOLDER]

/** What is typed to confirm: the name in lower case with hyphens. Null for an organisation that is gone. */
export async function slugOf(organisationId: string): Promise<string | null> {
  if (!isUuid(organisationId)) return null
  const [found] = await Tenancy.system(organisationId, () =>
    sql<{ name: string }>(Tenancy.current().trx, 'select name from organisations where id = ?', [
      organisationId,
    ])
  )
  return found ? slugIn(found.name) : null
}

/** A name in lower case with hyphens; as it is where nothing would be left of it. */
export function slugIn(name: string) {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  return slug || name
}

/** What erasing the organisation would remove. */
export async function previewOrganisation(organisationId: string): Promise<Erased> {
  const nobody = { actorKind: 'system', actor: null } as const
  return {
    tombstone: await removeOrganisation(organisationId, { ...nobody, dryRun: true }),
    people: await peopleOnlyIn(organisationId),
  }
}

/**
 * Erases an organisation: hands over the people who belong to no other, removes every row together with the audit trail
 * in one transaction, and empties its folders. Each step can be repeated: an interrupted run is finished by the next.
 */
export async function eraseOrganisation(organisationId: string, by: By): Promise<Erased> {
  const isThere = (await slugOf(organisationId)) !== null
  if (!isThere && !(await wasErased(organisationId)))
    throw new Error('There is no such organisation')
  const people = await peopleOnlyIn(organisationId)
  for (const person of people) await handOver(person)
  const tombstone = isThere
    ? await removeOrganisation(organisationId, { ...by, dryRun: false })
    : null
  for (const folder of FOLDERS) await drive.use().deleteAll(`${folder}/${organisationId}/`)
  return { tombstone, people }
}

/** Whether this organisation was erased here. */
export async function wasErased(organisationId: string): Promise<boolean> {
  if (!isUuid(organisationId)) return false
  return Tenancy.system(PLATFORM, async () => {
    const [found] = await sql(
      Tenancy.current().trx,
      `select from audit.events
        where organisation_id = ? and entity_type = 'organisation' and entity_id = ?
          and action = 'audit.removed'`,
      [PLATFORM, organisationId]
    )
    return found !== undefined
  })
}

function peopleOnlyIn(organisationId: string): Promise<Left[]> {
  return Tenancy.system(PLATFORM, () =>
    sql<Left>(Tenancy.current().trx, 'select * from directory.only_here(?)', [organisationId])
  )
}

/** A request to erase, as the person would make it; an open one is enough. */
function handOver({ id: userId, name, email }: Left) {
  return Tenancy.system(PLATFORM, async () => {
    const open = await PrivacyRequest.of(userId).where('kind', 'erasure').whereNull('completed_at')
    if (open.length > 0) return
    const request = await receiveRequest({
      kind: 'erasure',
      channel: 'organisation',
      userId,
      contact: { name, email },
      details: 'The only organisation of this account was erased.',
    })
    await verifyIdentity(request, 'known_contact')
  })
}
