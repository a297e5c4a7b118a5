import ExternalResource from '#models/external_resource'
import { Members } from '#models/import/members'
import Membership from '#models/membership'
import Tenancy from '#tenancy/tenancy'
import type { Name, Row } from '#transfer/format'

/** Columns that keep a name when no one here matches, by the column that refers to the person. */
const LABELS: Record<string, Record<string, string>> = {
  raid_items: {
    owner_id: 'owner_label',
    actionee_id: 'actionee_label',
    actionee_external_id: 'actionee_label',
    decider_id: 'decider_label',
    counterpart_external_id: 'counterpart_name',
    counterpart_member_id: 'counterpart_name',
    counterpart_project_id: 'counterpart_name',
  },
  tasks: { assignee_id: 'assignee_label', external_resource_id: 'assignee_label' },
}

/**
 * Who the people of an archive are here: members by their address, people outside by address or name, all others by
 * name only.
 */
export class People {
  readonly #names: Map<string, Name>
  readonly ids = new Map<string, string>()
  readonly unknown = new Set<string>()

  private constructor(names: Name[]) {
    this.#names = new Map(names.map((name) => [name.id, name]))
  }

  static async of(names: Name[]) {
    const people = new People(names)
    const members = await Membership.contacts()
    const outside = await ExternalResource.contacts({ held: true })
    const externals = new Members(outside)
    const known = new Set(outside.map((one) => one.id))
    const byAddress = new Map(members.map(({ id, email }) => [email.toLowerCase(), id]))
    for (const { id, kind, name, email } of names.filter((one) => one.kind !== 'project')) {
      const here =
        kind === 'external'
          ? known.has(id)
            ? id
            : ((email && externals.find(email)) || externals.find(name))?.id
          : byAddress.get(email?.toLowerCase() ?? '')
      if (here) people.ids.set(id, here)
    }
    return people
  }

  nameOf(id: unknown) {
    return this.#names.get(String(id))?.name ?? 'somebody who is not named'
  }

  /** Keeps the name of someone unknown beside the column that no longer refers to them. */
  keepName(table: string, row: Row, column: string, id: unknown) {
    this.unknown.add(String(id))
    const label = LABELS[table]?.[column]
    if (label) row[label] = (row[label] ?? this.nameOf(id)) as string
  }

  /** The importing person fills in where a record needs a person. */
  get stand() {
    return Tenancy.current().membershipId!
  }
}
