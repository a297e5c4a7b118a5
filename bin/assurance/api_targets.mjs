/** What programs may read, with every query in the description of the API. */
export async function apiTargets(origin, token) {
  const { paths, components } = await fetch(`${origin}/api/v1/openapi.json`).then((answer) =>
    answer.json()
  )
  const headers = [`Authorization: Bearer ${token}`]
  const answer = await fetch(`${origin}/api/v1/projects`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const [project] = (await answer.json()).data
  return Object.entries(paths)
    .filter(([path, { get }]) => get && !path.includes('{id}'))
    .map(([path, { get }]) => ({
      method: 'GET',
      headers,
      path: `/api/v1${path.replace('{project_id}', project.id)}${query(get.parameters ?? [], components)}`,
    }))
    .filter(({ path }) => path.includes('?'))
}

function query(parameters, components) {
  const asked = parameters
    .map((one) => (one.$ref ? components.parameters[one.$ref.split('/').at(-1)] : one))
    .filter((one) => one.in === 'query' && one.name !== 'cursor')
    .map(({ name, schema }) => [
      name,
      schema?.enum?.[0] ?? schema?.default ?? (/^(from|to)$/.test(name) ? '2026-01-01' : 'a'),
    ])
  return asked.length > 0 ? `?${new URLSearchParams(asked)}` : ''
}
