import { validate as isUuid } from 'uuid'
import { claudeSettings } from '#config/assistant'
import type { Viewer } from '#identity/viewer'
import { budgets, isNearlySpent, share, type Budget } from '#models/assistant/budget'
import { latestConversation, turnsOf } from '#models/assistant/conversation'
import { obstacleFor, obstacles, type Obstacle } from '#models/assistant/switches'
import type Project from '#models/project'
import { kindEntries } from '#pages/assistant/kinds'
import { turnState } from '#pages/assistant/turn'
import { daysOf } from '#registries/retention'

const NEW = 'new'

/** Where someone can do something about it. */
const remedies: Partial<Record<Obstacle, { href: string; label: string }>> = {
  objection: { href: '/profile/privacy', label: 'Your choices about your data' },
  restricted: { href: '/profile/privacy', label: 'Your choices about your data' },
}

/** The state of `pages/assistant/show`. */
export async function conversationState(
  project: Project,
  viewer: Viewer,
  asked: unknown,
  again?: unknown
) {
  const obstacle = await obstacleFor(viewer, project, claudeSettings)
  const conversation = await conversationOf(project, viewer, asked)
  const turns = await turnsOf(project, viewer, conversation)
  return {
    turns: await turnState(turns, project, viewer),
    conversation: turns.length > 0 ? conversation : null,
    question: turns.find(({ id }) => id === again)?.question ?? null,
    keptDays: daysOf('assistant'),
    preview: null,
    obstacle: obstacle && {
      text: obstacles[obstacle],
      remedy: remedies[obstacle] ?? settingsLink(obstacle, viewer),
    },
    model: claudeSettings.model,
    warning: await warningFor(viewer),
    can: { switch: !isMissing(obstacle) && viewer.can('project.update', project) },
    entries: kindEntries.filter(({ ability }) => viewer.can(ability, project)),
    page: `/projects/${project.id}/assistant`,
  }
}

/** The address of one conversation, or of the latest. */
export function conversationPath(project: { id: string }, conversation: unknown) {
  const page = `/projects/${project.id}/assistant`
  return isUuid(conversation) ? `${page}?conversation=${conversation}` : page
}

async function conversationOf(project: Project, viewer: Viewer, asked: unknown) {
  if (asked === NEW) return null
  if (isUuid(asked)) return asked as string
  return latestConversation(project, viewer)
}

/** Where there is no assistant at all, a project has nothing to switch. */
function isMissing(obstacle: Obstacle | null) {
  return obstacle === 'no_key' || obstacle === 'platform'
}

function settingsLink(obstacle: Obstacle, viewer: Viewer) {
  if (obstacle !== 'organisation' || !viewer.can('organisation.update')) return null
  return { href: '/settings/assistant', label: 'Assistant settings' }
}

/** How far the budgets are used, once that is worth mentioning. */
async function warningFor({ membershipId }: Viewer) {
  const { organisation, person } = await budgets(membershipId)
  if (isNearlySpent(person)) return `${usedOf(person)} your budget for this month has been used.`
  if (!isNearlySpent(organisation)) return null
  return `${usedOf(organisation)} the organisation’s budget for this month has been used.`
}

/** A call that began within the budget may have ended past it: to its reader that is simply all of it. */
function usedOf(budget: Budget) {
  const percent = Math.floor((share(budget) ?? 0) * 100)
  return percent >= 100 ? 'All of' : `${percent}% of`
}
