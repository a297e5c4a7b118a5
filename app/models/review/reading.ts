import type { Viewer } from '#identity/viewer'
import type { Content, PackRecord, SectionName } from '#models/pack/content'
import { readSection } from '#models/pack/pack'
import GatePackSection from '#models/gate_pack_section'
import type Project from '#models/project'
import { visibleItems } from '#models/raid/visibility'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A pack as one viewer may read it, and how many RAID entries are withheld from them. */
type ReadPack = { content: Content; hidden: number }

/** The pack of a round as it was submitted. */
export async function packOf(review: { id: string }): Promise<Content> {
  const sections = await GatePackSection.of(review)
  return Object.fromEntries(sections.map(({ name, body }) => [name, readSection(body)])) as Content
}

/**
 * Leaves out what the viewer may not see: a pack holds what is kept to project leads, and an entry may have become
 * confidential since. Entries deleted since were visible to all in the pack.
 */
export async function readableBy(
  viewer: Viewer,
  project: Project,
  packs: Content[]
): Promise<ReadPack[]> {
  const ids = packs.flatMap((content) => raidOf(content).map(({ id }) => id))
  const standing = await visibilityOf(viewer, project, [...new Set(ids)])
  const mayLead = viewer.can('raid.read.leads', project)
  return packs.map((content) => {
    const shown = (section: SectionName) => (record: PackRecord) =>
      standing.get(record.id) ?? (section === 'raid' || mayLead)
    const raid = withRaid(content.raid, shown('raid'))
    const leads = withRaid(content.raid_leads, shown('raid_leads'))
    const kept = raid.lists.raid.length + leads.lists.raid.length
    return {
      content: { ...content, raid, raid_leads: leads },
      hidden: raidOf(content).length - kept,
    }
  })
}

/** One part of a pack in the exact text that was sealed; null when the viewer may not read it. */
export type SealedPart = { name: SectionName; sha256: string; body: string | null }

/**
 * The parts as they were sealed. A part cannot be shortened without breaking its seal: if one entry is withheld from
 * the viewer, so is the part, and its hash remains.
 */
export async function sealedParts(
  viewer: Viewer,
  project: Project,
  review: { id: string }
): Promise<SealedPart[]> {
  const sections = await GatePackSection.of(review).orderBy('name')
  const whole = Object.fromEntries(
    sections.map(({ name, body }) => [name, readSection(body)])
  ) as Content
  const [{ content: own }] = await readableBy(viewer, project, [whole])
  const isKept = (name: SectionName) =>
    own[name].lists.raid?.length !== whole[name].lists.raid?.length ||
    (name === 'raid_leads' && !viewer.can('raid.read.leads', project))
  return sections.map(({ name, sha256, body }) => ({
    name,
    sha256,
    body: isKept(name) ? null : body,
  }))
}

function raidOf({ raid, raid_leads: leads }: Content) {
  return [...raid.lists.raid, ...leads.lists.raid]
}

function withRaid(section: Content['raid'], shown: (record: PackRecord) => boolean) {
  return { ...section, lists: { ...section.lists, raid: section.lists.raid.filter(shown) } }
}

/** Whether the viewer may see each of the entries that still exist. */
async function visibilityOf(viewer: Viewer, project: Project, ids: string[]) {
  if (ids.length === 0) return new Map<string, boolean>()
  const { trx, organisationId } = Tenancy.current()
  const [visible, values] = visibleItems(viewer, project)
  const rows = await sql<{ id: string; shown: boolean }>(
    trx,
    `select id, coalesce(${visible}, false) as shown from raid_items
      where organisation_id = ? and id = any(?)`,
    [...values, organisationId, ids]
  )
  return new Map(rows.map(({ id, shown }) => [id, shown]))
}
