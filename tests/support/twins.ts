import { v7 as uuidv7 } from 'uuid'
import { Item, Note, Work } from '#tests/support/tenant_models'
import { World, type Person } from '#tests/support/world'

export const OWN = 'OWN'
export const FOREIGN = 'FOREIGN'

/** Ids that rows of both organisations have, so that any query by id alone reaches the wrong one too. */
type Ids = { project: string; items: string[]; note: string }

export type Twins = { ours: World; theirs: World; ids: Ids; only: Ids }

/** Two organisations with the same ids, and `only` with ids that just the second one has. */
export async function twins(): Promise<Twins> {
  const [ours, theirs] = await Promise.all([World.create('Ours'), World.create('Theirs')])
  const ids = freshIds()
  const only = freshIds()
  await fill(ours, OWN, ids)
  await fill(theirs, FOREIGN, ids)
  await fill(theirs, FOREIGN, only)
  return { ours, theirs, ids, only }
}

function freshIds(): Ids {
  return { project: uuidv7(), items: [uuidv7(), uuidv7()], note: uuidv7() }
}

async function fill(world: World, marker: string, ids: Ids) {
  const author: Person = await world.person('member')
  await world.inside(async () => {
    const code = `T${ids.project.slice(-6).toUpperCase()}`
    await Work.create({ id: ids.project, code, name: marker, description: marker })
    for (const [index, id] of ids.items.entries()) {
      await Item.create({
        id,
        projectId: ids.project,
        type: 'decision',
        number: index + 1,
        title: marker,
        status: 'proposed',
        lockVersion: 1,
      })
    }
    await Note.create({
      id: ids.note,
      raidItemId: ids.items[0],
      authorId: author.membershipId,
      body: marker,
    })
  })
}
