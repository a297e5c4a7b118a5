import { atStake, lifecycleOf, mayAdopt, type AtStake } from '#models/lifecycle/adoption'
import LifecycleTemplate from '#models/lifecycle_template'
import type Project from '#models/project'

/** The page on which a project changes to another lifecycle. */
export async function adoptionState(project: Project) {
  const present = await lifecycleOf(project)
  const offered = await LifecycleTemplate.offered()
  return {
    present: present?.title ?? null,
    mayAdopt: await mayAdopt(project),
    options: offered
      .filter(({ id }) => id !== present?.id)
      .map(({ id, name, description }) => ({ value: id, label: name, hint: description })),
    loss: lossOf(await atStake(project)),
    version: project.lockVersion,
  }
}

/** What is lost with the gates, in words; null when nothing was done on them. */
function lossOf({ assessments, evidence }: AtStake) {
  const parts = [
    assessments > 0 && `${assessments} ${assessments === 1 ? 'assessment' : 'assessments'}`,
    evidence > 0 && `${evidence} ${evidence === 1 ? 'piece' : 'pieces'} of evidence`,
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(' and ') : null
}
