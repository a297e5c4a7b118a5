import type { Viewer } from '#identity/viewer'
import Project from '#models/project'
import { textOf } from '#models/lists/query_string'
import { hasPhrase } from '#models/lists/text_search'
import { kindNamed, LONGEST, search } from '#models/search/index'
import type { Found } from '#models/search/find'
import { MARK, type Hit, type Kind, type KindName } from '#models/search/kind'

/** The page of the search: everything, or one project if the search began in one. */
export async function searchState(viewer: Viewer, query: Record<string, unknown>) {
  const text = textOf(query, 'q')?.slice(0, LONGEST).replaceAll('\u0000', '').trim() ?? ''
  const only = kindNamed(query.kind)
  const atHand = textOf(query, 'project')
  const project = atHand ? await Project.findVisible(viewer, atHand) : null
  const isNarrow = project !== null && query.scope === 'project'
  const place = { q: text, project: project?.id, scope: isNarrow ? 'project' : undefined }
  const sought = { viewer, text, projectId: isNarrow ? project.id : null }
  const results = text ? await search(sought, only) : []
  return {
    q: text,
    isExact: hasPhrase(text),
    only,
    place,
    project: isNarrow ? project : null,
    places: project && placesOf(place, project, isNarrow),
    groups: results.map((result) => groupOf(result, place, only)),
    everything: addressOf(place),
  }
}

/** What is searched for, and where. */
type Place = { q: string; project?: string; scope?: string }

function placesOf({ q, project: id }: Place, project: Project, isNarrow: boolean) {
  return [
    { label: 'Everything', href: addressOf({ q, project: id }), current: !isNarrow },
    {
      label: `Only ${project.code}`,
      href: addressOf({ q, project: id, scope: 'project' }),
      current: isNarrow,
    },
  ]
}

function addressOf(place: Place & { kind?: KindName }) {
  const given = Object.entries(place).filter(([, value]) => value !== undefined)
  return `/search?${new URLSearchParams(given as [string, string][])}`
}

function groupOf(
  { kind, hits, hasMore }: Found & { kind: Kind },
  place: Place,
  only: KindName | null
) {
  return {
    id: `found-${kind.name}`,
    label: kind.label,
    hits: hits.map(hitState),
    alikeFrom: hits.findIndex(({ isAlike }) => isAlike),
    more: hasMore ? moreOf(kind, place, only) : null,
  }
}

function hitState(hit: Hit) {
  return { ...hit, passage: hit.passage && partsOf(hit.passage) }
}

/** An excerpt split at its marks: what precedes each, the marked word, and what directly follows it. */
function partsOf(passage: string) {
  const [beginning, ...rest] = passage.split(MARK.start)
  let before = beginning
  const parts = rest.map((part) => {
    const [marked, after = ''] = part.split(MARK.end)
    const glued = /^\S*/.exec(after)![0]
    const here = { before, marked, glued }
    before = after.slice(glued.length)
    return here
  })
  return { parts, end: before }
}

/** From a few of every kind to many of one; from there to the list of them all. */
function moreOf(kind: Kind, place: Place, only: KindName | null) {
  if (!only) return { href: addressOf({ kind: kind.name, ...place }), label: 'Show more' }
  const projectId = place.scope ? place.project! : null
  const href = kind.list?.(place.q, projectId)
  return href ? { href, label: 'Open the full list' } : null
}
