import Project from '#models/project'

/** The projects of these records, by id. */
export async function projectsOf(records: { projectId: string }[]) {
  const ids = new Set(records.map(({ projectId }) => projectId))
  if (ids.size === 0) return new Map<string, Project>()
  const projects = await Project.query().whereIn('id', [...ids])
  return new Map(projects.map((project) => [project.id, project]))
}
