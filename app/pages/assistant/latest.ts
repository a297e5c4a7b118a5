import type { Viewer } from '#identity/viewer'
import AiInteraction from '#models/ai_interaction'
import AiProposal, { type ProposalContent } from '#models/ai_proposal'
import { citationsIn } from '#models/assistant/citations'
import type { Feature } from '#models/assistant/features'
import type Project from '#models/project'
import { readable } from '#pages/assistant/proposals'

/** A proposal as it reads now. */
export type Read = { proposal: AiProposal; content: ProposalContent }

/** Where the records behind proposals are found, if they exist and may be seen. */
export type Links = ReadonlyMap<string, string>

/** The pending proposals of the newest answer of a kind, about one record if it has one. */
export async function latestProposals(
  project: Project,
  viewer: Viewer,
  feature: Feature,
  about?: string
): Promise<{ asked: AiInteraction | null; read: Read[]; links: Links }> {
  const asked = await AiInteraction.latestOwn(project, viewer, feature, about)
  const proposals = asked ? await AiProposal.openOf(asked) : []
  if (proposals.length === 0) return { asked, read: [], links: new Map() }
  const contents = await readable(proposals)
  const read = proposals.map((proposal, index) => ({ proposal, content: contents[index] }))
  return { asked, read, links: await linksIn(contents, asked!, project, viewer) }
}

/** The same for one proposal. */
export async function readProposal(project: Project, viewer: Viewer, proposal: AiProposal) {
  const asked = await AiInteraction.findOrFail(proposal.interactionId)
  const [content] = await readable([proposal])
  return { asked, content, links: await linksIn([content], asked, project, viewer) }
}

function linksIn(
  contents: ProposalContent[],
  { contextManifest }: AiInteraction,
  project: Project,
  viewer: Viewer
) {
  const answer = contents.map(({ text, basis }) => `${text ?? ''} ${basis ?? ''}`).join(' ')
  return citationsIn([{ answer, contextManifest }], project, viewer)
}
