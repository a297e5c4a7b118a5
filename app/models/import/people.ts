import type { RecordRow } from '#imports/index'
import { doubtAbout } from '#models/import/doubts'
import { Members } from '#models/import/members'
import type Project from '#models/project'
import { membersWhoSee } from '#models/project/people'
import type RaidItem from '#models/raid_item'

const PEOPLE = { owner: 'Owner', actionee: 'Actionee', decider: 'Decider' } as const

/** The people whom names in a file may mean; `seeing` are the members among them who may see the project. */
export type People = { members: Members; externals: Members; seeing: Set<string> }

/** Everyone whom a file may name; people outside are locked when the import is about to write. */
export async function peopleKnown(project: Project, { held }: { held: boolean }): Promise<People> {
  const seeing = await membersWhoSee(project)
  return {
    members: await Members.active(),
    externals: await Members.outside({ held }),
    seeing: new Set(seeing.map(({ id }) => id)),
  }
}

/**
 * Names of members who may see the project become references to them, as do those of people outside where such people
 * are possible; other names stay as written.
 */
export function matchPeople(
  values: RecordRow['attributes'],
  { members, externals, seeing }: People
) {
  const matched: Record<string, string | null> = {}
  const notes: string[] = []
  for (const [role, label] of Object.entries(PEOPLE)) {
    const written = values[`${role}Label`]
    if (typeof written !== 'string') continue
    const member = members.find(written)
    if (member && !seeing.has(member.id)) {
      notes.push(`${label} “${written}” may not see this project: kept as it is written`)
      continue
    }
    const external = role === 'actionee' && !members.knows(written) ? externals.find(written) : null
    if (member) matched[`${role}Id`] = member.id
    else if (external) matched.actioneeExternalId = external.id
    else {
      notes.push(...asked(label, written))
      continue
    }
    matched[`${role}Label`] = null
    const { name } = member ?? external!
    if (external || name !== written) notes.push(noteOf(label, written, { name, external }))
  }
  const counterpart = counterpartIn(values, externals)
  return { values: { ...matched, ...counterpart.values }, notes: [...notes, ...counterpart.notes] }
}

/** The counterpart of a dependency may be someone outside, unless the file says that it is something else. */
function counterpartIn(
  { counterpartKind: kind, counterpartName: written }: RecordRow['attributes'],
  externals: Members
) {
  const isOpen = kind === undefined || kind === null || kind === 'external_resource'
  if (!isOpen || typeof written !== 'string') return { values: {}, notes: [] }
  const external = externals.find(written)
  if (!external) return { values: {}, notes: asked('Counterpart', written) }
  const values: Partial<RaidItem> = {
    counterpartExternalId: external.id,
    counterpartKind: 'external_resource',
    counterpartName: null,
  }
  return { values, notes: [noteOf('Counterpart', written, { ...external, external })] }
}

/** Asks about what is hardly a name or an address, before it enters the log as one. */
function asked(label: string, written: string) {
  const question = doubtAbout(written)
  return question ? [`${label} “${written}”: ${question} The text is kept as written`] : []
}

function noteOf(
  label: string,
  written: string,
  { name, external }: { name: string; external: unknown }
) {
  return `${label} “${written}” is ${name}${external ? ' (external)' : ''}`
}
