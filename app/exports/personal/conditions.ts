import { limitKeysOf } from '#identity/limit_keys'
import { suppressionHashes } from '#mails/suppressions'
import type { Place, Subject } from '#exports/personal/subject'
import { contactHashes } from '#models/privacy_request/contact'
import type { Bundle } from '#models/privacy_export'
import { personalDataLinks, type Links, type PersonKey } from '#registries/personal_data_links'
import { sharedTables } from '#tenancy/shared_tables'

/** SQL on the alias it was made for, with `?` for its values. */
type Condition = { text: string; values: unknown[] }

export const NEVER: Condition = { text: 'false', values: [] }

const TYPES: Record<PersonKey, string> = {
  user: 'uuid',
  membership: 'uuid',
  external: 'uuid',
  address: 'citext',
  addressHash: 'bytea',
  addressProved: 'bytea',
  addressTyped: 'bytea',
  limit: 'text',
}

/** A requester without an account may have typed someone else’s address: the request is theirs once they proved it. */
const PROVISOS: Partial<Record<PersonKey, (alias: string) => string>> = {
  addressProved: (alias) =>
    ` and ${alias}.user_id is null and ${alias}.identity_verified_at is not null`,
  addressTyped: (alias) => ` and ${alias}.user_id is null`,
}

/** Determines whose rows are whose in one place. */
export class Belonging {
  #values: Record<PersonKey, unknown[]>

  constructor(
    subject: Subject,
    private place: Place
  ) {
    this.#values = {
      user: place.users,
      membership: place.memberships,
      external: place.externals,
      address: [subject.email],
      addressHash: suppressionHashes(subject.email),
      addressProved: contactHashes(subject.email),
      addressTyped: contactHashes(subject.email),
      limit: limitKeysOf(subject.userId),
    }
  }

  /** The rows of a table that a bundle includes. Portability covers what the person provided. */
  rows(table: string, bundle: Bundle): Condition {
    const links = personalDataLinks[table]
    const { own, written, about, named } = links
    const columns = bundle === 'access' ? [own, written, about, named] : [written]
    const mine = any([this.#anyOf('t', columns), this.#hanging(links, bundle)])
    return mine === NEVER ? NEVER : all([this.#here(table), mine])
  }

  /** How a row relates to them: their own record, all of it theirs to know, or someone else's that names them. */
  kind(table: string): Condition {
    const links = personalDataLinks[table]
    const own = this.#anyOf('t', [links.own])
    const whole = any([
      this.#anyOf('t', [links.written, links.about]),
      this.#hanging(links, 'access'),
    ])
    return {
      text: `case when ${own.text} then 'own' when ${whole.text} then 'whole' else 'named' end`,
      values: [...own.values, ...whole.values],
    }
  }

  #here(table: string): Condition {
    if (table.replace('public.', '') in sharedTables) return { text: 'true', values: [] }
    return { text: 't.organisation_id = ?', values: [this.place.organisationId] }
  }

  #anyOf(alias: string, columns: (string | undefined)[]): Condition {
    return any(
      linkedColumns(columns).map(({ name, key }) => ({
        text: `coalesce(${alias}.${name} = any(?::${TYPES[key]}[])${PROVISOS[key]?.(alias) ?? ''}, false)`,
        values: [this.#values[key]],
      }))
    )
  }

  #hanging({ parent, acted }: Links, bundle: Bundle): Condition {
    if (acted) {
      return {
        text: `exists (select from audit.events e where e.organisation_id = t.organisation_id
          and e.entity_type = ? and e.entity_id = t.id and e.actor_ref = any(?::uuid[]))`,
        values: [acted, this.place.memberships],
      }
    }
    if (!parent) return NEVER
    const { own, written, about } = personalDataLinks[parent.table]
    const isNarrow = bundle === 'portability' || parent.only
    const theirs = this.#anyOf('p', isNarrow ? [written] : [own, written, about])
    if (theirs === NEVER) return NEVER
    return {
      text: `exists (select from ${parent.table} p where p.organisation_id = t.organisation_id
        and p.id = t.${parent.column} and ${theirs.text})`,
      values: theirs.values,
    }
  }
}

/** The columns of a link, each with what it is compared with. */
export function linkedColumns(columns: (string | undefined)[]): { name: string; key: PersonKey }[] {
  return columns.flatMap((list = '') =>
    list
      .split(/\s+/)
      .filter(Boolean)
      .map((column) => {
        const [name, key = 'membership'] = column.split(':')
        return { name, key: key as PersonKey }
      })
  )
}

function any(conditions: Condition[]): Condition {
  const open = conditions.filter((one) => one !== NEVER)
  return open.length === 0 ? NEVER : joined(open, ' or ')
}

function all(conditions: Condition[]): Condition {
  return joined(conditions, ' and ')
}

function joined(conditions: Condition[], word: string): Condition {
  return {
    text: `(${conditions.map(({ text }) => text).join(word)})`,
    values: conditions.flatMap(({ values }) => values),
  }
}
