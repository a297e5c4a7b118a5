import { inWords } from '#models/days'
import type GateDelegation from '#models/gate_delegation'
import { notify } from '#models/notification'
import { mentionOf } from '#models/text/mention'
import type Project from '#models/project'

/** Tells a deputy for whom they stand in, and when. */
export function tellNamed(project: Project, delegation: GateDelegation) {
  const { fromOn, toOn } = delegation
  return tell(project, delegation, {
    title: `${mentionOf(delegation.deciderId)} named you as deputy at the gates of ${project.code}`,
    detail: `From ${inWords(fromOn)} to ${inWords(toOn)} you vote in their place. What waits for you is in My work.`,
    key: `deputy-named:${delegation.id}`,
  })
}

/** Tells a deputy that they no longer stand in. */
export function tellReleased(project: Project, delegation: GateDelegation) {
  return tell(project, delegation, {
    title: `You are no longer deputy for ${mentionOf(delegation.deciderId)} at the gates of ${project.code}`,
    detail: 'They ended the arrangement, and vote themselves again.',
    key: `deputy-released:${delegation.id}`,
  })
}

function tell(
  project: Project,
  { deputyId }: GateDelegation,
  said: { title: string; detail: string; key: string }
) {
  const path = `/projects/${project.id}/gates`
  return notify({ kind: 'vote_needed', to: [deputyId], project, path, ...said })
}
