import type { Viewer } from '#identity/viewer'
import Membership from '#models/membership'
import type Project from '#models/project'
import { types, typePlurals, type RaidType } from '#models/raid/enumerations'
import { RaidList, type RaidRow } from '#models/raid/list'
import { refOf } from '#models/raid/refs'
import { MOST, rowText } from '#models/task/bulk/row'

/** A project's entries due for review, by date: one type, of everyone or of one owner. */
export function reviewQueue(projectId: string, type: RaidType, owner?: 'me') {
  const path = `/projects/${projectId}/raid?type=${type}&review=overdue`
  return owner ? `${path}&owner=${owner}` : path
}

/** The entries with these numbers that the viewer sees, one more than may be reviewed at once. */
export async function chosenEntries(
  viewer: Viewer,
  project: Project,
  type: RaidType,
  numbers: string[]
) {
  const wanted = numbers.filter((number) => /^\d{1,8}$/.test(number)).map(Number)
  const rows = await RaidList.numbered(viewer, project, type, wanted)
  return rows.slice(0, MOST + 1)
}

/** The page on which many entries are reviewed. */
export async function reviewState(rows: RaidRow[], type: RaidType, list: string) {
  const names = await Membership.names(rows.map(({ owner_id: owner }) => owner))
  const what = (rows.length === 1 ? types : typePlurals)[type].toLowerCase()
  return {
    type,
    list,
    heading: `Review ${rows.length} ${what}`,
    rows: rows
      .map(({ number, lock_version: lockVersion }) => rowText({ number, lockVersion }))
      .join(' '),
    entries: rows.map((row) => ({
      id: row.id,
      ref: refOf(row.project_code, row),
      title: row.title,
      status: row.status,
      ownerName: row.owner_id ? names.get(row.owner_id) : row.owner_label,
      dueOn: row.due_on,
      nextReviewOn: row.next_review_on as string | null,
    })),
  }
}
