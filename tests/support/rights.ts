/** A write's answers when the project's manager and the PMO may. */
export const MANAGED = {
  manager: 303,
  pmo: 303,
  team: 403,
  sponsor: 403,
  viewer: 403,
  stranger: 404,
}

/** One case for each person asking, named for a test; `what` says what it is about. */
export function casesOf<Role extends string>(rights: Record<Role, number>, what = '') {
  return (Object.entries(rights) as [Role, number][]).map(([role, status]) => ({
    role,
    status,
    name: [`a ${role}`, status === 303 ? 'may' : 'may not', what].filter(Boolean).join(' '),
  }))
}
