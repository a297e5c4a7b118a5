import type { StoredFile } from '#models/stored_file/files'
import { homeNames, homeOf, type HomeName } from '#models/stored_file/homes'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type ListedFile = StoredFile & { name: string }

type Condition = { text: string; values: any[] }

/**
 * The files of one kind that were not erased, by their ids, each looked up in its own transaction, because reading them
 * takes time. `only` is SQL on the record as `e`.
 */
export async function* filesOf(
  organisationId: string,
  home: HomeName,
  only: Condition = { text: 'true', values: [] }
): AsyncGenerator<ListedFile> {
  let last: string | null = null
  for (;;) {
    const after: string | null = last
    const file: ListedFile | undefined = await Tenancy.system(organisationId, () =>
      next(home, after, only)
    )
    if (!file) return
    last = file.id
    yield file
  }
}

/** The same for files that a person handed in, by their memberships and their records as someone outside. */
export function filesFrom(
  { organisationId, memberships, externals }: Contributor,
  home: HomeName
): AsyncGenerator<ListedFile> {
  const { from } = homeOf(home)
  const outside = from.externals ? `or ${from.externals} = any(?)` : ''
  const values = from.externals ? [memberships, externals] : [memberships]
  return filesOf(organisationId, home, { text: `(${from.members} = any(?) ${outside})`, values })
}

type Contributor = { organisationId: string; memberships: string[]; externals: string[] }

/** The file of one record of the organisation at work; none when it was erased or the record has none. */
export async function fileWith(home: HomeName, id: string): Promise<ListedFile | undefined> {
  return next(home, null, { text: 'e.id = ?', values: [id] })
}

async function next(home: HomeName, after: string | null, only: Condition) {
  const { trx, organisationId } = Tenancy.current()
  const { isFile, record } = homeOf(home)
  const [row] = await sql<ListedFile>(
    trx,
    `select e.id, e.name, e.file_key as "fileKey", e.sha256 from ${record} e
      where e.organisation_id = ? and ${isFile} and e.erased_at is null
        and (?::uuid is null or e.id > ?::uuid) and ${only.text}
      order by e.id limit 1`,
    [organisationId, after, after, ...only.values]
  )
  return row && { ...row, home }
}

/** The kind of a file's record in the organisation at work; null when it is gone. */
export async function homeWith(id: string): Promise<HomeName | null> {
  const { trx, organisationId } = Tenancy.current()
  for (const home of homeNames) {
    const { isFile, record } = homeOf(home)
    const rows = await sql(
      trx,
      `select from ${record} e where e.organisation_id = ? and e.id = ? and ${isFile}`,
      [organisationId, id]
    )
    if (rows.length > 0) return home
  }
  return null
}
