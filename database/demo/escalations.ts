import Project from '#models/project'
import RaidEscalation from '#models/raid_escalation'
import type { EscalationLevel } from '#models/raid/enumerations'
import RaidItem from '#models/raid_item'

type DemoEscalation = {
  project: string
  title: string
  level: EscalationLevel
  ask: string
  reason: string
  /** Who accepts it, and in which words. */
  accepted?: { by: string; answer: string }
}

/** What the demo projects cannot solve alone. */
const demoEscalations: DemoEscalation[] = [
  {
    project: 'BEACON',
    level: 'programme',
    title: 'Street works permits take longer than the plan allows',
    ask: 'One application for all 31 sites, signed by the programme.',
    reason: 'The highways team answers 31 single applications one by one.',
    accepted: { by: 'sponsor', answer: 'I meet the head of highways on Thursday.' },
  },
  {
    project: 'DELTA',
    level: 'organisation',
    title: 'Two landowners refuse access to the upper river',
    ask: 'A decision whether the council uses its right of entry.',
    reason: 'Only the council may use that right, and the floods come in autumn.',
  },
]

type As = <T>(key: string, work: () => Promise<T>) => Promise<T>

/** Each is escalated by its project's manager; some are accepted. */
export async function addDemoEscalations(managerOf: (code: string) => string, as: As) {
  for (const { project, title, accepted, ...asked } of demoEscalations) {
    await as(managerOf(project), async () => {
      const [item, own] = await named(project, title)
      await RaidEscalation.raise(item, own, { ...asked, askedOfId: null })
    })
    if (!accepted) continue
    await as(accepted.by, async () => {
      const [item, own] = await named(project, title)
      const live = (await RaidEscalation.liveOf(item))!
      await live.accept(item, own, accepted.answer, live.lockVersion)
    })
  }
}

async function named(code: string, title: string): Promise<[RaidItem, Project]> {
  const project = await Project.findByOrFail('code', code)
  const item = await RaidItem.query().where({ project_id: project.id, title }).firstOrFail()
  return [item.refersTo(project), project]
}
