import type { Viewer } from '#identity/viewer'
import type AiProposal from '#models/ai_proposal'
import { assumptionFindings, type AssumptionFinding } from '#models/assistant/assumption_findings'
import { openAssumptions } from '#models/assistant/assumptions'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import { today } from '#models/days'
import { basisOf } from '#pages/assistant/gate_challenge_page'
import { kindState } from '#pages/assistant/kind_page'
import { latestProposals, readProposal, type Links, type Read } from '#pages/assistant/latest'
import RaidItemPolicy from '#policies/raid_item_policy'

/** The state of `pages/assistant/assumptions`. */
export async function assumptionCheckState(project: Project, viewer: Viewer) {
  const { read, links } = await latestProposals(project, viewer, 'assumption_check')
  const items = await itemsOf(project, viewer, read)
  const told = read.map((one) => findingState(one, items, links, project))
  return {
    ...(await kindState(project, viewer, `/projects/${project.id}/assistant/assumptions`)),
    open: (await openAssumptions(project, viewer)).length,
    findings: told.filter(({ item }) => item !== null),
    left: told.filter(({ item }) => item === null).length,
  }
}

/** The state of `pages/assistant/assumption`: what can be done about one of them. */
export async function assumptionState(project: Project, viewer: Viewer, proposal: AiProposal) {
  const { content, links } = await readProposal(project, viewer, proposal)
  const item = await RaidItem.findVisible(project, viewer, proposal.subjectId!)
  const items = new Map([[item.id, item]])
  const { next_review_on: day, validation_method: method, risk } = content
  return {
    finding: findingState({ proposal, content }, items, links, project),
    isChanged: item.lockVersion !== proposal.subjectVersion,
    review: {
      lockVersion: item.lockVersion,
      now: { on: item.nextReviewOn, method: item.validationMethod },
      on: day && String(day) >= today() ? day : item.nextReviewOn,
      method: method ?? item.validationMethod,
    },
    risk: { title: risk ?? '', cause: item.title, effect: content.why },
    can: {
      review: new RaidItemPolicy().update(viewer, item, project),
      raise: viewer.can('raid.raise', project),
    },
    page: `/projects/${project.id}/assistant/assumptions`,
  }
}

async function itemsOf(project: Project, viewer: Viewer, read: Read[]) {
  const ids = read.map(({ proposal }) => proposal.subjectId!)
  const items = await RaidItem.visibleIn(project, viewer).whereIn('raid_items.id', ids)
  return new Map(items.map((item) => [item.id, item.refersTo(project)]))
}

function findingState(
  { proposal, content }: Read,
  items: Map<string, RaidItem>,
  links: Links,
  project: Project
) {
  const item = items.get(proposal.subjectId!)
  const href = `/projects/${project.id}/assistant/drafts/${proposal.id}`
  return {
    item: item
      ? { ref: item.ref, title: item.title, href: `/projects/${project.id}/raid/${item.id}` }
      : null,
    finding: assumptionFindings[content.finding as AssumptionFinding],
    why: String(content.why),
    basis: basisOf(content.basis, links),
    action: href,
    href: `${href}/assumption`,
  }
}
