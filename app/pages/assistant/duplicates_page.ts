import type { Viewer } from '#identity/viewer'
import AiProposal from '#models/ai_proposal'
import type Project from '#models/project'
import { endingOf } from '#models/raid/duplicates'
import { statusLabel } from '#models/raid/enumerations'
import { fieldsOf } from '#models/raid/fields'
import { likenesses } from '#models/raid/likenesses'
import RaidItem from '#models/raid_item'
import { kindState } from '#pages/assistant/kind_page'
import { readable } from '#pages/assistant/proposals'
import { twoVersions } from '#pages/two_versions'

const NONE_ALIKE = 'No open entries are similar, so there is nothing to check.'

/** The state of `pages/assistant/duplicates`. */
export async function duplicatesState(project: Project, viewer: Viewer) {
  const pairs = await likenesses(project, viewer)
  const kind = await kindState(project, viewer, `/projects/${project.id}/assistant/duplicates`)
  return {
    ...kind,
    pairs: pairs.map((pair) => pair.map((entry) => ({ ...entry, href: hrefOf(project, entry) }))),
    nothing: pairs.length === 0 ? NONE_ALIKE : null,
    proposals: await openMerges(project, viewer),
  }
}

/** The state of `pages/assistant/merge`: two entries side by side, and what can be done with them. */
export async function mergeState(
  project: Project,
  viewer: Viewer,
  proposal: AiProposal,
  { kept, closed }: Record<'kept' | 'closed', RaidItem>
) {
  const [{ why }] = await readable([proposal])
  const shown = fieldsOf(kept.type).filter(({ kind }) => kind !== 'people' && kind !== 'assignee')
  const versions = { theirs: kept.$attributes, mine: closed.$attributes, base: null }
  const { differing } = await twoVersions(shown, versions, viewer)
  return {
    why,
    kept: sideState(project, kept, proposal.subjectVersion),
    closed: sideState(project, closed, proposal.otherVersion),
    differing,
    outcomes: outcomesFor(kept, closed),
    page: `/projects/${project.id}/assistant/merges/${proposal.id}`,
  }
}

/** What can be done with the two: one of them is closed, if its status allows it, or both stay. */
function outcomesFor(kept: RaidItem, closed: RaidItem) {
  return [
    ...closing('close', closed, kept),
    ...closing('close_kept', kept, closed),
    { value: 'link', label: 'Keep both and link them as duplicates' },
  ]
}

function closing(value: string, closed: RaidItem, kept: RaidItem) {
  const ending = endingOf(closed)
  if (!ending) return []
  const status = statusLabel(closed.type, ending).toLowerCase()
  return [
    {
      value,
      label: `Close ${closed.ref} as a duplicate of ${kept.ref}`,
      hint: `${closed.ref} becomes ${status}, linked to ${kept.ref}, which does not change.`,
    },
  ]
}

async function openMerges(project: Project, viewer: Viewer) {
  const proposals = await AiProposal.openIn(project, viewer, 'merge')
  const ids = proposals.flatMap(({ subjectId, otherId }) => [subjectId!, otherId!])
  const items = await RaidItem.visibleIn(project, viewer).whereIn('raid_items.id', ids)
  const byId = new Map(items.map((item) => [item.id, item.refersTo(project)]))
  const told = await readable(proposals)
  return proposals.flatMap((proposal, index) => {
    const kept = byId.get(proposal.subjectId!)
    const closed = byId.get(proposal.otherId!)
    if (!kept || !closed) return []
    return {
      id: proposal.id,
      title: `${closed.ref} and ${kept.ref}`,
      kept: { ref: kept.ref, title: kept.title },
      closed: { ref: closed.ref, title: closed.title },
      why: told[index].why,
      href: `/projects/${project.id}/assistant/merges/${proposal.id}`,
    }
  })
}

function sideState(project: Project, item: RaidItem, version: number | null) {
  const { id, ref, title, type, status, lockVersion } = item
  return {
    ref,
    title,
    version: lockVersion,
    href: hrefOf(project, { id }),
    status: statusLabel(type, status),
    changed: version !== lockVersion,
  }
}

function hrefOf(project: Project, { id }: { id: string }) {
  return `/projects/${project.id}/raid/${id}`
}
