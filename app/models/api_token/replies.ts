import { v7 as uuidv7 } from 'uuid'
import { openValue, sealValue } from '#encryption/sealed_value'
import { digestOf } from '#models/invitation/token'
import { change, sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

const COLUMN = 'api_replies.body'
const HOURS = 24

/** A request as it came: what it asked for, and its key. */
type KeyedRequest = { key: string; request: string }

/** The answer to a request. */
export type Reply = { status: number; location: string | null; tag: string | null; body: unknown }

/**
 * Claims a key for the request under way. Returns null when it is the first to have it; otherwise the earlier reply, or
 * `mismatch` when the key came with another request. Requests that come meanwhile wait for the first.
 */
export async function takeKey({ key, request }: KeyedRequest): Promise<Reply | 'mismatch' | null> {
  const { trx, organisationId, tokenId } = Tenancy.current()
  const place = [organisationId, tokenId, digestOf(key)]
  const asked = digestOf(request)
  const [taken] = await sql(
    trx,
    `insert into api_replies as replies
       (organisation_id, token_id, key_digest, request_digest, id) values (?, ?, ?, ?, ?)
     on conflict (organisation_id, token_id, key_digest) do update set
       request_digest = excluded.request_digest, status = null, location = null, tag = null,
       body = null, created_at = now()
     where replies.created_at < now() - interval '${HOURS} hours'
     returning id`,
    [...place, asked, uuidv7()]
  )
  if (taken) return null
  const [known] = await sql(
    trx,
    `select request_digest, status, location, tag, body from api_replies
      where organisation_id = ? and token_id = ? and key_digest = ?`,
    place
  )
  if (!asked.equals(known.request_digest)) return 'mismatch'
  return { ...known, body: openValue(known.body, COLUMN) }
}

/** Stores the answer together with what the request changed. */
export async function keepReply(key: string, { status, location, tag, body }: Reply) {
  const { trx, organisationId, tokenId } = Tenancy.current()
  await sql(
    trx,
    `update api_replies set status = ?, location = ?, tag = ?, body = ?
      where organisation_id = ? and token_id = ? and key_digest = ?`,
    [status, location, tag, sealValue(body, COLUMN), organisationId, tokenId, digestOf(key)]
  )
}

/** Deletes the replies of the organisation at work that are a day old; returns how many. */
export function forgetReplies() {
  const { trx, organisationId } = Tenancy.current()
  return change(
    trx,
    `delete from api_replies
      where organisation_id = ? and created_at < now() - interval '${HOURS} hours'`,
    [organisationId]
  )
}
