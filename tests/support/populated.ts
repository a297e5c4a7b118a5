import { v7 as uuidv7 } from 'uuid'
import Comment from '#models/comment'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import RaidReader from '#models/raid_reader'
import Tenancy from '#tenancy/tenancy'
import { World } from '#tests/support/world'

/**
 * An organisation with a row in each of its tables. The tests of the walls walk every table and fail on
 * an empty one: a new table gets its row here.
 */
export async function populated(name?: string) {
  const world = await World.create(name)
  const project = await world.project({ visibility: 'organisation' })
  const { membershipId } = await world.person('manager')
  await world.inside(async () => {
    const [risk, other] = [await raise(), await raise()]
    await RaidLink.create({ fromId: risk.id, toId: other.id, kind: 'relates_to' })
    await RaidReader.create({ raidItemId: risk.id, membershipId })
    await Comment.create({ raidItemId: risk.id, authorId: membershipId, body: 'A remark' })
    await addImport()
  })
  return { world, project }

  function raise() {
    return RaidItem.raise(project, {
      type: 'risk',
      nature: 'threat',
      title: 'Crane permit is late',
    })
  }

  async function addImport() {
    const { organisationId, trx } = Tenancy.current()
    await trx.table('imports').insert({
      organisation_id: organisationId,
      id: uuidv7(),
      project_id: project.id,
      file_name: 'log.csv',
      created_by: membershipId,
    })
  }
}
