import { test } from '@japa/runner'
import { raise, round, setUp, told } from '#tests/support/mornings'

test.group('In the morning: reviews', () => {
  test('are told to the owner once for each date that is reached', async ({ assert }) => {
    const { world, project, team } = await setUp()
    const ownerId = team.membershipId
    const item = await raise(world, project, { ownerId, nextReviewOn: '2026-03-04' })
    await raise(world, project, { ownerId, nextReviewOn: '2026-03-05' })
    await raise(world, project, { ownerId, nextReviewOn: '2026-02-01' })
    await raise(world, project, { ownerId, nextReviewOn: '2026-03-04', status: 'closed' })
    await raise(world, project, { nextReviewOn: '2026-03-04' })
    await round(world, '2026-03-03T07:00:00Z')
    assert.lengthOf((await told(world, 'review_due')).rows, 0)
    for (const day of ['04', '04', '05']) await round(world, `2026-03-${day}T07:00:00Z`)
    const { rows, mails } = await told(world, 'review_due')
    assert.lengthOf(rows, 2)
    assert.lengthOf(mails, 2)
    assert.deepInclude(rows[0].$attributes, {
      membershipId: ownerId,
      title: `${item.ref} Pump fails is due for review`,
      path: `/projects/${project.id}/raid/${item.id}`,
      key: `review:${item.id}:2026-03-04`,
    })
    await world.inside(() => item.merge({ nextReviewOn: '2026-03-06' }).save())
    await round(world, '2026-03-06T07:00:00Z')
    assert.lengthOf((await told(world, 'review_due')).rows, 3)
  })

  test('of what is kept to a few people are told by ref alone', async ({ assert }) => {
    const { world, project, team } = await setUp()
    const item = await raise(world, project, {
      ownerId: team.membershipId,
      nextReviewOn: '2026-03-04',
      sensitivity: 'named_people',
    })
    await round(world, '2026-03-04T07:00:00Z')
    const { rows } = await told(world, 'review_due')
    assert.equal(rows[0].title, `${item.ref} is due for review`)
  })
})
