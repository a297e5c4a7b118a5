import { readTrail, type Cursor } from '#audit/trail'
import type { Viewer } from '#identity/viewer'
import { presentEvents, type AuditEntry } from '#pages/audit/entries'
import { inBrief, type HistoryEntry } from '#pages/history'

const PER_PAGE = 50
const OUT_OF_SIGHT = 'something in a project that you no longer see'

/** One page of what the viewer did in the organisation, newest first. */
export async function activityState(viewer: Viewer, position: Cursor) {
  const page = await readTrail({ who: viewer.membershipId }, PER_PAGE, position)
  const entries = await presentEvents(page.events, viewer)
  const [newest, oldest] = [entries[0], entries.at(-1)]
  return {
    events: entries.map(ownEntry),
    list: {
      summary: `Newest first, ${PER_PAGE} a page`,
      newest: position.before || position.after ? '/profile/activity' : null,
      previous: page.newer && newest ? `/profile/activity?after=${newest.sequence}` : null,
      next: page.older && oldest ? `/profile/activity?before=${oldest.sequence}` : null,
    },
  }
}

/** Someone who has left a project can still read that they worked in it, but nothing about its content now or then. */
function ownEntry(entry: AuditEntry): HistoryEntry {
  const brief = { ...inBrief(entry), actor: 'You' }
  if (entry.event.projectId && !entry.projectCode) {
    return { ...brief, subject: OUT_OF_SIGHT, href: null, changes: [] }
  }
  return { ...brief, subject: [entry.subject, entry.title].filter(Boolean).join(' ') }
}
