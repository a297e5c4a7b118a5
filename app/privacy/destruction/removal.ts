import db from '@adonisjs/lucid/services/db'
import type { ActorKind } from '#tenancy/entry'
import { sql } from '#tenancy/sql'
import { transaction } from '#tenancy/transaction'

/** What remains of a project or an organisation: counts and hashes. */
export type Tombstone = {
  /** Of the event that keeps it; absent in a dry run. */
  id?: string
  /** Rows by table. */
  rows: Record<string, number>
  events: number
  /** Number and hash of the last seal over what was removed. */
  seal: string | null
  /** Over the leaf hashes of the removed events. */
  root?: string
  jobs?: number
}

export type By = { actorKind: ActorKind; actor: string | null }
type Dry = { dryRun: boolean }

/** Removes a closed or cancelled project and everything that belongs to it, in one transaction. */
export async function removeProject(
  organisationId: string,
  projectId: string,
  { actorKind, actor, dryRun }: By & Dry
): Promise<Tombstone> {
  return transaction(db.connection('privacy'), async (trx) => {
    const [{ tombstone }] = await sql(
      trx,
      'select audit.remove_project(?, ?, ?, ?, ?) as tombstone',
      [organisationId, projectId, actorKind, actor, dryRun]
    )
    return tombstone
  })
}

/** Removes an organisation and everything it holds, in one transaction. */
export async function removeOrganisation(
  organisationId: string,
  { actorKind, actor, dryRun }: By & Dry
): Promise<Tombstone> {
  return transaction(db.connection('privacy'), async (trx) => {
    const [{ tombstone }] = await sql(
      trx,
      'select audit.remove_organisation(?, ?, ?, ?) as tombstone',
      [organisationId, actorKind, actor, dryRun]
    )
    return tombstone
  })
}
