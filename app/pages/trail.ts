type Step = { href: string; label: string; isProject?: boolean }

/** The breadcrumb of a page in a project: through the project, whose own pages lead back to all projects. */
export function trail({ id, name }: { id: string; name: string }, ...steps: Step[]): Step[] {
  const home = { href: `/projects/${id}`, label: name, isProject: true }
  return steps.length ? [home, ...steps] : [{ href: '/projects', label: 'Projects' }, home]
}
