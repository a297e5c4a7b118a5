import type { Viewer } from '#identity/viewer'
import AiInteraction from '#models/ai_interaction'
import type Project from '#models/project'

const MOST_SHOWN = 50

/** How many turns are sent with the next question. */
const MOST_REMEMBERED = 6

/** The turns of one of the viewer's conversations, oldest first; none when it does not exist. */
export async function turnsOf(project: Project, viewer: Viewer, conversationId: string | null) {
  if (!conversationId) return []
  const newest = await AiInteraction.ownIn(project, viewer)
    .where({ conversation_id: conversationId, feature: 'ask' })
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_SHOWN)
  return newest.reverse()
}

/** The viewer's latest conversation in a project. */
export async function latestConversation(project: Project, viewer: Viewer) {
  const newest = await AiInteraction.ownIn(project, viewer)
    .where('feature', 'ask')
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .first()
  return newest?.conversationId ?? null
}

/** What is sent with the next question of a conversation. */
export function remembered(turns: AiInteraction[]) {
  return turns.filter(({ answer }) => answer).slice(-MOST_REMEMBERED)
}
