import { today } from '#models/days'
import type Project from '#models/project'
import type { RaidType } from '#models/raid/enumerations'
import type { HomeRow } from '#models/raid/home'
import { refOf } from '#models/raid/refs'
import { score, scoring } from '#models/raid/scoring'
import * as terms from '#registries/terms'

/** An entry on a project's home page. */
export function itemState(project: Project, row: HomeRow) {
  return {
    id: row.id,
    type: row.type,
    ref: refOf(project.code, row),
    title: row.title,
    ownerName: row.owner_name ?? row.owner_label,
    dueOn: row.due_on,
    isOverdue: row.due_on !== null && row.due_on < today(),
    level: levelOf(row.type, row),
  }
}

function levelOf(type: RaidType, row: HomeRow) {
  const scores = scoring()
  const band = scores.bandOf(score(row.current_likelihood, row.current_impact))
  if (type === 'risk') return band && terms.bands[band]
  const priority = row.priority_override ?? scores.derivedPriority(row.severity, row.urgency)
  return type === 'issue' && priority ? terms.priorities[priority] : null
}
