import type { Viewer } from '#identity/viewer'
import Comment from '#models/comment'
import { today } from '#models/days'
import type Project from '#models/project'
import type { RaidType } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'
import type { BulkRow } from '#models/task/bulk/row'
import { refuse } from '#models/violation'

/** Why one of the entries cannot be reviewed; by its number, since the viewer may not see it. */
type Refusal = { number: number; reason: string }

/** Entries of one type in one project that were reviewed together. */
type Looked = {
  project: Project
  viewer: Viewer
  type: RaidType
  rows: BulkRow[]
  /** Whether the viewer may change one of them. */
  may: (item: RaidItem) => boolean
}

/** The outcome of the review: the next date, and a comment added to each. */
type GivenReview = { nextReviewOn: string | null; remark: string | null }

/** Marks all of them as reviewed, each with an event of its own; if one is refused, marks none, and says why. */
export async function review(looked: Looked, given: GivenReview): Promise<Refusal[]> {
  if (given.nextReviewOn && given.nextReviewOn <= today()) {
    refuse('next_review_on', 'Enter a date after today')
  }
  const items = await lock(looked)
  const refused = looked.rows.flatMap((row) => refusalOf(row, items.get(row.number), looked))
  if (refused.length > 0) return refused
  await keep([...items.values()], given.nextReviewOn)
  for (const item of items.values()) {
    if (given.remark) await Comment.add(item, looked.project, given.remark)
  }
  return []
}

/** The selected entries that the viewer may see, by number, always in the same order. */
async function lock({ project, viewer, type, rows }: Looked): Promise<Map<number, RaidItem>> {
  const numbers = rows.map(({ number }) => number)
  const items = await RaidItem.visibleIn(project, viewer)
    .where('type', type)
    .whereIn('number', numbers)
    .orderBy('id')
    .forUpdate()
  return new Map(items.map((item) => [item.number, item.refersTo(project)]))
}

function refusalOf(row: BulkRow, item: RaidItem | undefined, { may }: Looked): Refusal[] {
  const refused = (reason: string) => [{ number: row.number, reason }]
  if (!item) return refused('There is no such entry that you can see')
  if (!may(item)) return refused('You do not have permission to review this entry')
  if (item.lockVersion !== row.lockVersion) {
    return refused('Someone changed it after you chose it. Check it again')
  }
  return item.isSettled ? refused('This entry is settled and needs no review') : []
}

/** An entry whose next review date stays the same was reviewed all the same. */
async function keep(items: RaidItem[], nextReviewOn: string | null) {
  for (const item of items) item.nextReviewOn = nextReviewOn
  const same = items.filter((item) => !item.$isDirty)
  await RaidItem.saveMany(items, 'raid_item.reviewed')
  for (const item of same) {
    await item.touch('raid_item.reviewed', {
      next_review_on: { before: nextReviewOn, after: nextReviewOn },
    })
  }
}
