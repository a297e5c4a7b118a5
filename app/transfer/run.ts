import ProjectImport from '#models/project_import'
import { allows } from '#policies/permissions'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'
import { Archive } from '#transfer/archive'
import { ArchiveError } from '#transfer/archive_error'
import { importProject } from '#transfer/import'

/**
 * Imports an uploaded archive in the uploader's name, in one transaction. A fault of the archive ends it with a reason;
 * anything else is retried, and ends it after three attempts.
 */
export async function runProjectImport(organisationId: string, importId: string) {
  const claimed = await Tenancy.system(organisationId, () => claim(importId))
  if (!claimed) return
  const { attempt, userId } = claimed
  try {
    const tenant = { organisationId, userId, requestId: null }
    await Tenancy.run(tenant, async (entry) => {
      if (!entry) throw new ArchiveError('The person who uploaded this is no longer a member.')
      if (!allows('project.create', [entry.membership.role])) {
        throw new ArchiveError('The person who uploaded this can no longer create projects.')
      }
      const row = await ProjectImport.light().where('id', importId).firstOrFail()
      if (row.isOver) return
      const archive = new Archive(await row.bytes())
      const result = await importProject(archive, row.code, progressOf(organisationId, importId))
      const { history, projectId, ...outcome } = result
      await row.finish(projectId, outcome, history)
    })
  } catch (error) {
    const reason = reasonOf(error)
    if (!reason && attempt.mayTryAgain) throw error
    const told = reason ?? 'Something went wrong on our side. Try again later.'
    await Tenancy.system(organisationId, () => giveUp(importId, told))
    if (!reason) throw error
  }
}

async function claim(importId: string) {
  const { trx, organisationId } = Tenancy.current()
  const row = await ProjectImport.light().where('id', importId).forUpdate().first()
  if (!row || row.isOver) return null
  row.merge({ status: 'running' })
  row.attempts += 1
  await row.auditAs('project_import.started').save()
  const [{ user_id: userId }] = await sql<{ user_id: string }>(
    trx,
    'select user_id from memberships where organisation_id = ? and id = ?',
    [organisationId, row.createdBy]
  )
  return { attempt: row, userId }
}

/** Reported outside the import’s own transaction, whose changes are invisible before it ends. */
function progressOf(organisationId: string, importId: string) {
  return async (done: number, of: number) => {
    await Tenancy.system(organisationId, () =>
      sql(
        Tenancy.current().trx,
        'update project_imports set parts_done = ?, parts = ? where organisation_id = ? and id = ?',
        [done, of, organisationId, importId]
      )
    )
  }
}

async function giveUp(importId: string, problem: string) {
  const row = await ProjectImport.light().where('id', importId).forUpdate().firstOrFail()
  if (!row.isOver) await row.fail(problem)
}

/** Faults of the archive itself: its content, or a rule of the database that it breaks. */
function reasonOf(error: any): string | null {
  if (error instanceof ArchiveError) return error.message
  if (error?.code === 'E_VALIDATION_ERROR') return error.messages[0]?.message ?? null
  if (!/^2[23]/.test(error?.code ?? '')) return null
  const place = [error.table, error.constraint ?? error.column].filter(Boolean).join(', ')
  return `The archive holds a record that breaks a rule (${place || error.code}), so nothing was imported.`
}
