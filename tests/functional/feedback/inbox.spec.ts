import { test } from '@japa/runner'
import Feedback from '#models/feedback'
import { deliverMail, type Sender } from '#mails/delivery'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { openedMails } from '#tests/support/sealed'
import { admin } from '#tests/support/admin'
import { sendFeedback } from '#tests/support/exercises/backoffice'
import { countQueries } from '#tests/support/query_count'
import { Walk } from '#tests/support/walk'
import { register, registerStaff, type Account } from '#tests/support/world'

const taking: Sender = { send: async ({ id }) => ({ kind: 'accepted', providerId: id }) }

function present(id: string): Promise<Feedback> {
  return Tenancy.system(PLATFORM, () => Feedback.findById(id))
}

function mailsTo({ email }: Pick<Account, 'email'>) {
  return openedMails('select * from email_outbox where email = ?', [email])
}

async function writtenBy(account: Account, message = 'The log is slow') {
  return Tenancy.system(PLATFORM, () => Feedback.submit(account.userId, { message, page: '/raid' }))
}

test.group('The inbox of feedback', () => {
  test('opens at what is new and filters by state', async ({ client, assert }) => {
    const staff = await registerStaff()
    const [fresh, taken] = [await sendFeedback('Fresh remark'), await sendFeedback('Taken remark')]
    await Tenancy.system(PLATFORM, () => taken.moveTo('in_progress', 1))
    const open = await client.get('/admin/feedback').as(staff)
    assert.include(open.text(), fresh.id)
    assert.notInclude(open.text(), taken.id)
    const inProgress = await client.get('/admin/feedback?status=in_progress').as(staff)
    assert.include(inProgress.text(), taken.id)
    assert.notInclude(inProgress.text(), fresh.id)
    const all = await client.get('/admin/feedback?status=all').as(staff)
    for (const { id } of [fresh, taken]) assert.include(all.text(), id)
    const mangled = await client.get('/admin/feedback?status=constructor&after=nonsense').as(staff)
    mangled.assertStatus(200)
  })

  test('says who wrote what where, and escapes it', async ({ client, assert }) => {
    const [staff, author] = [await registerStaff(), await register('author')]
    const { id } = await writtenBy(author, '<script>alert(1)</script>')
    const page = await client.get(`/admin/feedback/${id}`).as(staff)
    assert.include(page.text(), author.email)
    assert.include(page.text(), '/raid')
    assert.include(page.text(), '&lt;script&gt;alert(1)')
    assert.notInclude(page.text(), '<script>alert(1)')
  })

  test('moves feedback by the steps that are open', async ({ client, assert }) => {
    const staff = await registerStaff()
    const { id } = await sendFeedback()
    const move = (status: string, version: number) =>
      client.put(`/admin/feedback/${id}/status`).as(staff).form({ status, lock_version: version })
    for (const [index, status] of ['in_progress', 'closed', 'in_progress'].entries()) {
      const response = await move(status, index + 1)
      response.assertHeader('location', `/admin/feedback/${id}`)
      assert.equal((await present(id)).status, status)
    }
    for (const status of ['new', 'answered', 'nonsense']) {
      await move(status, 4)
      assert.equal((await present(id)).status, 'in_progress', status)
    }
    const stale = await move('closed', 2)
    stale.assertStatus(409)
    assert.equal((await present(id)).lockVersion, 4)
  })

  test('answers by mail, once, and shows what became of it', async ({ client, assert }) => {
    const [staff, author] = [await registerStaff(), await register('author')]
    const { id } = await writtenBy(author, 'The log is slow\nsince Monday')
    const response = await client
      .post(`/admin/feedback/${id}/replies`)
      .as(staff)
      .form({ body: 'It is <mended>.\nThank you.', lock_version: 1 })
    response.assertHeader('location', `/admin/feedback/${id}`)
    assert.equal((await present(id)).status, 'answered')
    const [mail, ...more] = await mailsTo(author)
    assert.lengthOf(more, 0)
    assert.equal(mail.organisation_id, PLATFORM)
    assert.equal(mail.name, author.name)
    assert.equal(
      mail.text_body,
      `It is <mended>.
Thank you.

You wrote to us:

> The log is slow
> since Monday

See all your feedback:
${process.env.APP_URL}/feedback

--
You get this email because you sent us feedback from Orchestrate.
`
    )
    assert.include(mail.html_body, 'It is &lt;mended&gt;.')
    assert.notInclude(mail.html_body, staff.name)
    await deliverMail(PLATFORM, mail.id, taking)
    const page = await client.get(`/admin/feedback/${id}`).as(staff)
    assert.include(page.text(), 'Email: Sent')
  })

  test('answers again, and tells each answer', async ({ assert }) => {
    const { id } = await sendFeedback()
    for (const version of [1, 2]) {
      await Tenancy.system(PLATFORM, async () =>
        (await Feedback.findById(id)).answer('Once more', version)
      )
    }
    const told = await sql(
      admin(),
      `select from audit.events where entity_id = ? and action = 'feedback.answered'`,
      [id]
    )
    assert.lengthOf(told, 2)
  })

  test('accepts one of eight answers at once', async ({ client, assert }) => {
    const author = await register('author')
    const { id } = await writtenBy(author)
    const staff = await Promise.all(Array.from({ length: 8 }, () => registerStaff()))
    await Promise.all(
      staff.map((person) =>
        client
          .post(`/admin/feedback/${id}/replies`)
          .as(person)
          .form({ body: `From ${person.userId}`, lock_version: 1 })
      )
    )
    assert.lengthOf(await mailsTo(author), 1)
    assert.equal((await present(id)).lockVersion, 2)
  })

  test('keeps in its form an answer that came second', async ({ client, assert }) => {
    const { id } = await sendFeedback()
    const staff = { ...(await registerStaff()), organisationId: PLATFORM, membershipId: PLATFORM }
    const walk = await Walk.begin(client, staff)
    await walk.open(`/admin/feedback/${id}`)
    await Tenancy.system(PLATFORM, async () => (await Feedback.findById(id)).answer('First', 1))
    const page = await walk.submitAndFollow(`/admin/feedback/${id}/replies`, {
      body: 'Mine came second',
      lock_version: 1,
    })
    assert.include(page.text(), 'Someone else has dealt with this in the meantime')
    assert.include(page.text(), 'Mine came second</textarea>')
    assert.include(page.text(), 'First')
  })

  test('refuses an empty answer and unknown feedback', async ({ client, assert }) => {
    const [staff, author] = [await registerStaff(), await register('author')]
    const { id } = await writtenBy(author)
    await client
      .post(`/admin/feedback/${id}/replies`)
      .as(staff)
      .form({ body: ' ', lock_version: 1 })
    assert.lengthOf(await mailsTo(author), 0)
    for (const target of ['01930000-0000-7000-8000-000000000000', 'nonsense']) {
      const page = await client.get(`/admin/feedback/${target}`).as(staff)
      page.assertStatus(404)
    }
  })

  test('goes with its answers when its author is erased', async ({ assert }) => {
    const { id } = await sendFeedback()
    await Tenancy.system(PLATFORM, async () => {
      const feedback = await Feedback.findById(id)
      await feedback.answer('It is mended', 1)
      await feedback.delete()
    })
    const left = await sql(
      admin(),
      `select id from feedback where id = ?
       union all select id from feedback_replies where feedback_id = ?`,
      [id, id]
    )
    assert.deepEqual(left, [])
  })

  test('lists at the same cost, however much there is', async ({ client, assert }) => {
    const staff = await registerStaff()
    const visit = () => client.get('/admin/feedback?status=all').as(staff)
    await sendFeedback()
    await visit()
    const few = await countQueries(visit)
    for (let count = 0; count < 20; count++) await sendFeedback()
    assert.equal(await countQueries(visit), few)
    const page = await visit()
    page.assertStatus(200)
  })
})
