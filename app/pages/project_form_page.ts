import Membership from '#models/membership'
import type Project from '#models/project'

/** What the form of a new or present project offers. */
export async function projectFormState(project: Project | null) {
  const members = await Membership.choices([project?.managerId, project?.sponsorId])
  const stages = project ? await project.related('stages').query() : []
  return {
    record: project ?? {},
    members: members.map(({ id, name }) => ({ value: id, label: name })),
    stages: stages.map(({ id, name }) => ({ value: id, label: name })),
  }
}
