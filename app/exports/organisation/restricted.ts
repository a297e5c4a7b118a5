import type { OrganisationTable } from '#exports/organisation/tables'
import { linkedColumns } from '#exports/personal/conditions'
import type { Row } from '#exports/records/pages'
import { restrictedMembers, WITHHELD } from '#models/person_flag'
import type { DataClass } from '#registries/activities'
import { personalData } from '#registries/personal_data'
import { personalDataLinks } from '#registries/personal_data_links'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Person = { membership: string; user: string; name: string; email: string | null }

/** Whose texts are the product’s own words: they name members outright, where records name them by their ids. */
const MAILS = 'public.email_outbox'

/** The people of an organisation whose data is only kept, by what its records know them by. */
export class Restricted {
  #known: Set<string>
  #words: RegExp[]

  constructor(people: Person[]) {
    const addresses = people.map(({ email }) => email).filter((email) => email !== null)
    const known = people.flatMap(({ membership, user }) => [membership, user])
    this.#known = new Set([...known, ...addresses.map((email) => email.toLowerCase())])
    this.#words = [...people.map(({ name }) => name), ...addresses].map(wholeWord)
  }

  /** Those of the organisation at work. */
  static async here() {
    const { trx, organisationId } = Tenancy.current()
    const people = await sql<Person>(
      trx,
      `select m.id as membership, u.id as "user", u.name, u.email::text
         from memberships m join users u on u.id = m.user_id
        where m.organisation_id = ? and m.id = any(?::uuid[])`,
      [organisationId, [...(await restrictedMembers())]]
    )
    return new Restricted(people)
  }

  /** Takes their names and addresses out of a row that is theirs, and the words of a mail that names them. */
  withhold(of: OrganisationTable, row: Row) {
    if (this.#owns(of, row)) {
      for (const name of columnsOf(of, 'identity')) row[name] &&= WITHHELD
      for (const name of columnsOf(of, 'contact')) row[name] = null
    }
    const texts = of.table.name === MAILS ? columnsOf(of, 'content') : []
    if (texts.some((name) => this.#isNamedIn(row[name]))) {
      for (const name of texts) row[name] = null
    }
  }

  #owns({ table }: OrganisationTable, row: Row) {
    return linkedColumns([personalDataLinks[table.name]?.own]).some(({ name }) =>
      this.#known.has(String(row[name]).toLowerCase())
    )
  }

  #isNamedIn(text: unknown) {
    return typeof text === 'string' && this.#words.some((word) => word.test(text))
  }
}

function columnsOf({ table, columns }: OrganisationTable, sought: DataClass) {
  const names = columns.map(({ name }) => name)
  return names.filter((name) => personalData.get(`${table.name}.${name}`)!.class === sought)
}

function wholeWord(text: string) {
  return new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(text)}(?![\\p{L}\\p{N}])`, 'iu')
}
