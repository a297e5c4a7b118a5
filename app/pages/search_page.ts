import type { Viewer } from '#identity/viewer'
import { textOf } from '#models/query_string'
import { kindNamed, LONGEST, search } from '#models/search/index'
import type { Found } from '#models/search/find'
import { MARK, type Hit, type Kind, type KindName } from '#models/search/kind'

/** What the page of the search shows. */
export async function searchState(viewer: Viewer, query: Record<string, unknown>) {
  const text = textOf(query, 'q')?.slice(0, LONGEST).replaceAll('\u0000', '').trim() ?? ''
  const only = kindNamed(query.kind)
  const results = text ? await search(viewer, text, only) : []
  return {
    q: text,
    only,
    groups: results.map((result) => groupOf(result, text, only)),
    everything: `/search?q=${encodeURIComponent(text)}`,
  }
}

function groupOf(
  { kind, hits, hasMore }: Found & { kind: Kind },
  q: string,
  only: KindName | null
) {
  return {
    id: `found-${kind.name}`,
    label: kind.label,
    hits: hits.map(hitState),
    alikeFrom: hits.findIndex(({ isAlike }) => isAlike),
    more: hasMore ? moreOf(kind, q, only) : null,
  }
}

function hitState(hit: Hit) {
  return { ...hit, passage: hit.passage && partsOf(hit.passage) }
}

/** A passage cut where words are marked: what stands before each, the word, and what is glued to it. */
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

/** From a few of every kind to many of one; from there to the list that holds them all. */
function moreOf(kind: Kind, q: string, only: KindName | null) {
  if (!only) {
    return { href: `/search?kind=${kind.name}&q=${encodeURIComponent(q)}`, label: 'Show more' }
  }
  const href = kind.list?.(q)
  return href ? { href, label: 'Open the whole list' } : null
}
