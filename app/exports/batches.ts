import { NoLongerAllowed } from '#exports/no_longer_allowed'
import { Viewer } from '#identity/viewer'
import { encodeCursor, type Batch, type Cursor, type Page } from '#models/lists/keyset'
import type { Tenant } from '#tenancy/entry'
import Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

export const ROWS_PER_BATCH = 1000

/** A part of a list, or a page of one that has pages. */
type Part<Row> = Batch<Row> & Pick<Page<Row>, 'startedOver'>

/**
 * The rows of a list, batch by batch. The request's transaction has ended by the time they are read, so each batch has
 * its own and checks the person's rights again.
 */
export async function* inBatches<Row>(
  tenant: Tenant,
  projectId: string | null,
  read: (viewer: Viewer, project: Project | null, after: Cursor | null) => Promise<Part<Row>>
): AsyncGenerator<Row[]> {
  let after: Cursor | null = null
  do {
    const cursor: Cursor | null = after
    const batch: Part<Row> = await Tenancy.run(tenant, async (entry) => {
      if (!entry) throw new NoLongerAllowed()
      const viewer = new Viewer(entry)
      const project = projectId ? await Project.findVisible(viewer, projectId) : null
      return read(viewer, project, cursor)
    })
    // What was to come has left the list since: these rows were there already.
    if (batch.startedOver) return
    yield batch.rows
    after = batch.next
  } while (after)
}

/** Where a paged list continues after a batch. */
export function startingAfter(after: Cursor | null) {
  return { after: after && encodeCursor(after), before: null }
}
