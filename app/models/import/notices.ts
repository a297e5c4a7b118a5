import type Import from '#models/import'
import type { Problem } from '#models/import/work'
import { addedOf, removedOf } from '#models/import/summary'
import { broughtWords, records } from '#models/import/words'
import { notify } from '#models/notification'
import type Project from '#models/project'

const DETAILS: Record<Problem, string> = {
  moved: 'The record is not what the preview showed any more. Nothing was changed.',
  nothing: 'Nothing in it differs from the record any more.',
  access: 'You may not import into this project any more. Nothing was changed.',
  suspended: 'The organisation was suspended meanwhile. Nothing was changed.',
  fault: 'Something went wrong on our side. Nothing was changed, and it can be tried again.',
}

/** Tells whoever asked a worker for it that an import has ended, or could not be done. */
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
    // Whoever may import no longer has no page of it to open.
    path: `/projects/${project.id}${row.problem === 'access' ? '' : `/imports/${row.id}`}`,
    title: titleOf(row),
    detail: row.problem ? DETAILS[row.problem] : null,
    key: `import ${row.id} ${row.updatedAt.toISO()}`,
  })
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
