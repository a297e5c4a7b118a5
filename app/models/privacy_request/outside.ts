import type { Traces } from '#models/erasure'
import type PrivacyRequest from '#models/privacy_request'
import { refuse } from '#models/violation'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** What an organisation keeps about someone without an account. */
export type Outside = {
  organisation_id: string
  organisation: string
  id: string
  name: string
  /** The domain of the stored address; null for none. */
  domain: string | null
  /** Stored with the address that the request came from: it is theirs. Otherwise only the name is the same. */
  is_address: boolean
}

/** Records of people outside, in every organisation, that are or may be about the requester. */
export async function outsideRecords({ contact }: PrivacyRequest): Promise<Outside[]> {
  if (!contact) return []
  const { trx } = Tenancy.current()
  return sql(trx, 'select * from directory.people_outside(?, ?)', [contact.email, contact.name])
}

/** Those with the address of the request, and the chosen ones of the others. Refuses records that cannot be theirs. */
export async function chosenRecords(
  request: PrivacyRequest,
  ids: string[]
): Promise<Traces['externals']> {
  const records = await outsideRecords(request)
  if (ids.some((id) => !records.some((record) => record.id === id))) {
    refuse('records', 'One of these names has changed. Check the list again')
  }
  return records
    .filter(({ id, is_address: isTheirs }) => isTheirs || ids.includes(id))
    .map(({ organisation_id: organisationId, id }) => ({ organisationId, id }))
}
