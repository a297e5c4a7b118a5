import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import type { RaidType } from '#models/raid/enumerations'
import { refOf } from '#models/raid/refs'
import { IS_OPEN } from '#models/raid/transitions'
import { visibleItems } from '#models/raid/visibility'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

export type LikeEntry = { id: string; ref: string; title: string; version: number }

/** Two entries of one type that read alike. */
export type Likeness = [LikeEntry, LikeEntry]

/** How many are compared: each with every other of its type. */
const MOST_COMPARED = 400
const MOST_PAIRS = 30

/** From 0, nothing in common, to 1, the same: the share of trigrams that two texts have in common. */
const ALIKE = 0.35

type Row = { type: RaidType } & Record<
  'a' | 'b',
  { id: string; number: number; title: string; version: number }
>

/**
 * The pairs of open entries that read alike, most alike first: among the latest of a project that the viewer may see
 * and that are not kept to named people, without those already linked.
 */
export async function likenesses(project: Project, viewer: Viewer): Promise<Likeness[]> {
  const { trx, organisationId } = Tenancy.current()
  const [seen, values] = visibleItems(viewer, project)
  const rows = await read<Row>(trx, pairsAmong(seen), [
    organisationId,
    project.id,
    ...values,
    MOST_COMPARED,
    ALIKE,
    ALIKE,
    MOST_PAIRS,
  ])
  return rows.map(({ type, a, b }) => [entry(project, type, a), entry(project, type, b)])
}

function entry(
  project: Project,
  type: RaidType,
  { id, number, title, version }: Row['a']
): LikeEntry {
  return { id, title, version, ref: refOf(project.code, { type, number }) }
}

function pairsAmong(seen: string) {
  const side = (name: string) => `jsonb_build_object('id', ${name}.id, 'number', ${name}.number,
    'title', ${name}.title, 'version', ${name}.version)`
  return `
    with entries as materialized (
      select id, type, number, title, lock_version as version, organisation_id, lower(title) as name,
        lower(concat_ws(' ', title, left(description, 300), left(event, 300))) as text
      from raid_items
      where organisation_id = ? and project_id = ? and ${seen}
        and sensitivity <> 'named_people' and ${IS_OPEN}
      order by updated_at desc, id limit ?)
    select a.type, ${side('a')} as a, ${side('b')} as b
    from entries a join entries b on a.type = b.type and a.number < b.number
    where (similarity(a.name, b.name) >= ? or similarity(a.text, b.text) >= ?)
      and not exists (select from raid_links
        where raid_links.organisation_id = a.organisation_id
          and ((from_id = a.id and to_id = b.id) or (from_id = b.id and to_id = a.id)))
    order by greatest(similarity(a.name, b.name), similarity(a.text, b.text)) desc, a.number, b.number
    limit ?`
}
