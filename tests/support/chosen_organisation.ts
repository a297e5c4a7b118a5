import { World, register } from '#tests/support/world'

/** Someone in two organisations, of which the first is active, and an organisation they do not know. */
export async function scene() {
  const [here, there, foreign] = await Promise.all([
    World.create('Here Ltd'),
    World.create('There Ltd'),
    World.create('Foreign Ltd'),
  ])
  const account = await register('both')
  const person = await here.join(account, 'owner')
  await there.join(account, 'owner')
  return { here, there, foreign, account, person }
}

/** A page without the request's own numbers, so that two can be compared. */
export function comparable(html: string) {
  return html
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
    .replaceAll(/value='[^']+'/g, 'token')
}
