import { Viewer } from '#identity/viewer'
import type { Payload } from '#jobs/kinds'
import Import from '#models/import'
import { tellOfImport } from '#models/import/notices'
import {
  claim,
  endAttempt,
  isAtWork,
  isSame,
  isTurn,
  note,
  type Problem,
} from '#models/import/work'
import Membership from '#models/membership'
import { Superseded } from '#models/mixins/attempted'
import Project from '#models/project'
import { OrganisationSuspended, type Entry } from '#tenancy/entry'
import Tenancy from '#tenancy/tenancy'

type Asked = {
  organisationId: string
  importId: string
  turn: number
  by: string
  seen: string | null
}

/** It failed, and another attempt would too: everything is rolled back. */
class CameToNothing extends Error {
  constructor(readonly problem: Problem) {
    super(`The import came to nothing: ${problem}`)
  }
}

/**
 * Imports a file, or undoes an import, in the name of the person who asked and still has the right, in one transaction.
 * An interrupted run is retried by the queue, three times at most; after that, or on failure, the import is what it was
 * before, and says why. One that is cancelled meanwhile leaves nothing behind.
 */
export async function workOnImport(payload: Payload) {
  const asked = askedIn(payload)
  const begun = await inside(asked, () => begin(asked))
  if (!begun) return
  const { attempt, userId } = begun
  const tenant = { organisationId: asked.organisationId, userId, requestId: null }
  try {
    await Tenancy.run(tenant, (entry) => perform(entry, attempt, asked))
  } catch (error) {
    if (await isCancelled(error, asked)) return
    const problem = problemOf(error, attempt)
    if (problem) await inside(asked, () => end(attempt, problem, asked))
    if (!problem || problem === 'fault') throw error
  }
}

function askedIn({ organisationId, importId, turn, by, seen }: Payload): Asked {
  return {
    organisationId: String(organisationId),
    importId: String(importId),
    turn: Number(turn ?? 0),
    by: String(by),
    seen: typeof seen === 'string' ? seen : null,
  }
}

async function begin(asked: Asked) {
  const attempt = await claim(asked.importId, asked.turn)
  if (!attempt) return null
  if (!attempt.isUnderWay) {
    await tell(attempt, asked)
    return null
  }
  const { userId } = await Membership.findOrFail(asked.by)
  return { attempt, userId }
}

async function perform(entry: Entry | null, attempt: Import, asked: Asked) {
  if (!entry) throw new CameToNothing('access')
  const viewer = new Viewer(entry)
  const row = await Import.light().where('id', attempt.id).firstOrFail()
  if (!row.isUnderWay || !isSame(row, attempt)) return
  const project = await Project.visibleTo(viewer).where('projects.id', row.projectId).first()
  if (!project || !viewer.can('raid.import', project)) throw new CameToNothing('access')
  const told = (done: number, all: number) => inside(asked, () => note(attempt, done, all))
  if (row.status === 'undoing') await row.reverse(project, { viewer, told })
  else {
    const done = await row.execute(project, await row.plan(), { viewer, seen: asked.seen, told })
    if (typeof done === 'string') throw new CameToNothing(done)
  }
  if (!(await isAtWork(attempt))) throw new Superseded()
  await tellOfImport(row, project, asked.by)
}

async function isCancelled(error: unknown, asked: Asked) {
  if (!(error instanceof Superseded)) return false
  return !(await inside(asked, () => isTurn(asked.importId, asked.turn)))
}

/** What people are told; null when it will be retried, or another attempt is running. */
function problemOf(error: unknown, attempt: Import): Problem | null {
  if (error instanceof CameToNothing) return error.problem
  if (error instanceof OrganisationSuspended) return 'suspended'
  return error instanceof Superseded || attempt.mayTryAgain ? null : 'fault'
}

async function end(attempt: Import, problem: Problem, asked: Asked) {
  const ended = await endAttempt(attempt, problem)
  if (ended) await tell(ended, asked)
}

async function tell(row: Import, { by }: Asked) {
  await tellOfImport(row, await Project.findOrFail(row.projectId), by)
}

/** In its own transaction, separate from that of the work. */
function inside<T>({ organisationId }: Asked, work: () => Promise<T>) {
  return Tenancy.system(organisationId, work)
}
