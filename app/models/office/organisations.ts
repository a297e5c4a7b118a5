import { errors } from '@adonisjs/lucid'
import { validate as isUuid } from 'uuid'
import { distinct } from '#models/ids'
import { decodeIdCursor, readPage, type Page } from '#models/lists/keyset'
import Organisation from '#models/organisation'
import { literally } from '#models/lists/text_search'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** An organisation in the staff's list: how much it holds, and nothing of the content. */
export type ListedOrganisation = {
  id: string
  name: string
  created_at: Date
  suspended_at: Date | null
  erase_at: Date | null
  members: number
  projects: number
  /** Bytes of its files, as text. */
  storage: string
}

/** One organisation as platform staff see it. Moments are ISO texts. */
export type OfficeOrganisation = {
  id: string
  name: string
  timeZone: string
  createdAt: string
  suspendedAt: string | null
  suspensionReason: string | null
  eraseAt: string | null
  maxMembers: number | null
  maxProjects: number | null
  maxStorageMb: number | null
  members: number
  former: number
  invited: number
  ownersInvited: number
  projects: number
  openProjects: number
  files: number
  storage: number
  assistant: { isEnabled: boolean; monthlyBudget: number }
  /** Questions to the assistant in this calendar month, and their cost in millionths of a pound. */
  asked: number
  costMicros: number
}

type Owner = {
  user_id: string
  name: string
  email: string
  last_signed_in_at: Date | null
}

export const standings = {
  all: 'All',
  looked: 'Looked into',
  suspended: 'Suspended',
  erasing: 'To be erased',
} as const
export type Standing = keyof typeof standings

const PER_PAGE = 50

/** Organisations by name; `words` is part of one. `after` is the cursor of the previous page. */
export function listOrganisations(
  words: string | null,
  standing: Standing,
  after: string | null
): Promise<Page<ListedOrganisation>> {
  return readPage(
    { after, before: null, perPage: PER_PAGE, decode: decodeIdCursor },
    ({ after: last }, limit) =>
      // The database lowercases both sides: its lower case of İ differs from JavaScript's.
      sql<ListedOrganisation>(
        Tenancy.current().trx,
        'select * from office.organisations(lower(?), ?, lower(?), ?, ?)',
        [words && literally(words), standing, last && String(last[0]), last?.[1] ?? null, limit]
      ),
    ({ id, name }) => [name, id]
  )
}

/** One organisation. Throws E_ROW_NOT_FOUND, also when it is not an id at all. */
export async function officeOrganisation(id: string): Promise<OfficeOrganisation> {
  const [row] = isUuid(id)
    ? await sql(Tenancy.current().trx, 'select office.organisation(?) as found', [id])
    : []
  if (!row?.found) throw new errors.E_ROW_NOT_FOUND(Organisation)
  return row.found
}

/** The addresses to write to about an organisation. */
export function ownersOf(id: string): Promise<Owner[]> {
  return sql(Tenancy.current().trx, 'select * from office.owners(?)', [id])
}

/** Names by id; unknown ids are absent. */
export async function namesOfOrganisations(ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = distinct(ids)
  if (wanted.length === 0) return new Map()
  const rows = await sql(Tenancy.current().trx, 'select * from office.names(?)', [wanted])
  return new Map(rows.map(({ id, name }) => [id, name]))
}
