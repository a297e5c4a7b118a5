import type Import from '#models/import'
import type { Problem } from '#models/import/work'
import { addedOf, removedOf } from '#models/import/summary'
import { broughtWords, records } from '#models/import/words'
import { latestChange } from '#models/saving/latest_change'
import { mentionOf } from '#models/text/mention'
import { notify } from '#models/notification'
import type Project from '#models/project'
import Tenancy from '#tenancy/tenancy'

const DETAILS: Record<Problem, string> = {
  moved: 'A record no longer matches the preview. Nothing was changed.',
  nothing: 'The file no longer differs from the project.',
  access: 'You can no longer import into this project. Nothing was changed.',
  suspended: 'The organisation was suspended. Nothing was changed.',
  fault: 'Something went wrong on our side. Nothing was changed. Try again.',
}

/** Tells the person who asked a worker for it that an import has finished, or failed. */
export async function tellOfImport(
  row: Import,
  project: Pick<Project, 'id' | 'code' | 'name'>,
  to: string
) {
  await notify({
    kind: 'import_ended',
    to: [to],
    isOwnDoing: true,
    project,
    // Someone who may no longer import has no page of it to open.
    path: `/projects/${project.id}${row.problem === 'access' ? '' : `/imports/${row.id}`}`,
    title: titleOf(row),
    detail: row.problem ? DETAILS[row.problem] : null,
    key: `import ${row.id} ${row.updatedAt.toISO()}`,
  })
}

/** Tells the person who asked a worker for it that someone else cancelled it. Expects it to be under way still. */
export async function tellOfCancelled(row: Import, project: Pick<Project, 'id' | 'code' | 'name'>) {
  const { actorId } = await latestChange('import', row.id)
  await notify({
    kind: 'import_ended',
    to: actorId ? [actorId] : [],
    project,
    path: `/projects/${project.id}/imports/${row.id}`,
    title: cancelledTitle(row),
    detail: 'Nothing was changed.',
    key: `import ${row.id} cancelled ${row.handedOver}`,
  })
}

function cancelledTitle({ fileName, status }: Import) {
  const by = mentionOf(Tenancy.current().membershipId!)
  const what = status === 'undoing' ? 'the undoing of the import' : 'the import'
  return `${by} cancelled ${what} of ${fileName}`
}

function titleOf({ fileName, problem, status, summary }: Import) {
  if (problem && status === 'draft') return `${fileName} could not be imported`
  if (problem) return `The import of ${fileName} could not be undone`
  if (status === 'imported') {
    const brought = { ...addedOf(summary), changed: summary.changed ?? 0 }
    return `${fileName} was imported: ${broughtWords(brought)}`
  }
  return `The import of ${fileName} was undone: ${records(removedOf(summary))} removed`
}
