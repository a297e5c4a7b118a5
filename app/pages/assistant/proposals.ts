import string from '@adonisjs/core/helpers/string'
import { withPeople } from '#assistant/restoring'
import AiInteraction from '#models/ai_interaction'
import type AiProposal from '#models/ai_proposal'
import type { ProposalContent } from '#models/ai_proposal'
import { peopleBehind } from '#models/assistant/people'

/** The proposals, with people’s names restored, in their order. */
export async function readable(proposals: AiProposal[]): Promise<ProposalContent[]> {
  const ids = proposals.map(({ interactionId }) => interactionId)
  const asked = await AiInteraction.query().whereIn('id', [...new Set(ids)])
  const names = await peopleBehind(asked)
  return proposals.map(({ content }) => named(content!, names))
}

/** Whether what is saved differs from what was proposed. */
export async function isEdited(proposal: AiProposal, saved: Record<string, unknown>) {
  const [content] = await readable([proposal])
  return Object.entries(asAttributes(content)).some(
    ([name, value]) => name in saved && String(saved[name] ?? '') !== String(value)
  )
}

/** The fields of a proposal by the names of a record’s attributes. */
export function asAttributes(fields: ProposalContent): ProposalContent {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [string.camelCase(field), value])
  )
}

function named(content: ProposalContent, names: Map<string, string>): ProposalContent {
  return Object.fromEntries(
    Object.entries(content).map(([field, value]) => [
      field,
      typeof value === 'string' ? withPeople(value, names) : value,
    ])
  )
}
