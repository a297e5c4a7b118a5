import type Gate from '#models/gate'
import type GateCriterion from '#models/gate_criterion'
import { notify } from '#models/notification'
import type Project from '#models/project'
import { assigneeChoices } from '#models/task/assignees'
import { refuse } from '#models/violation'

/** The members who can be responsible for a criterion: those who see the project. */
export async function ownerChoices(project: Project, criterion: GateCriterion) {
  const kept = { assigneeId: criterion.ownerId, externalResourceId: null }
  const { members } = await assigneeChoices(project, { outside: false, kept })
  return members
}

/**
 * Checks who will be responsible for a criterion; undefined leaves it unchanged. A new owner is notified with `tell`,
 * once it is saved.
 */
export async function offerOwnership(
  project: Project,
  gate: Gate,
  criterion: GateCriterion,
  ownerId: string | null | undefined
) {
  const isNew = Boolean(ownerId) && ownerId !== criterion.ownerId
  if (isNew) {
    const choices = await ownerChoices(project, criterion)
    if (!choices.some(({ id }) => id === ownerId)) {
      refuse('owner_id', 'Choose a member who can see this project')
    }
  }
  return { tell: () => (isNew ? tellOwner(project, gate, criterion) : undefined) }
}

function tellOwner(project: Project, gate: Gate, criterion: GateCriterion) {
  return notify({
    kind: 'assignment',
    to: [criterion.ownerId!],
    project,
    path: `/projects/${project.id}/gates/${gate.id}/criteria/${criterion.id}`,
    title: `You now own a criterion of ${gate.ref}: ${criterion.title}`,
    key: `gate_criterion:${criterion.id}:${criterion.lockVersion}`,
  })
}
