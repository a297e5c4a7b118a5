import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import { accountValue, record } from '#audit/events'
import { useAccountRemover } from '#identity/account_removal'
import ExternalResource from '#models/external_resource'
import Feedback from '#models/feedback'
import Invitation from '#models/invitation'
import { inText, recognitionOf } from '#privacy/erasure/recognition'
import { runErasure } from '#privacy/erasure/run'
import { erasureSteps } from '#privacy/erasure/steps'
import { sql } from '#tenancy/sql'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { admin } from '#tests/support/admin'
import {
  begin,
  canary,
  dumpHits,
  erase,
  Killed,
  dyingEverywhere,
  removing,
} from '#tests/support/erasure'
import { openSession, World, type Account } from '#tests/support/world'

/** A person who left traces of every kind but free text. */
async function traced() {
  const world = await World.create('Canary Works')
  const person = await canary()
  const owner = await world.person('owner')
  await world.inside(async () => {
    const inviter = { name: owner.name, membershipId: owner.membershipId }
    await Invitation.invite({ email: person.email, role: 'member', projects: [] }, inviter)
    await ExternalResource.add({ name: person.name, email: person.email }, { name: owner.name })
  }, owner)
  const member = await world.join(person)
  await openSession(person)
  await Tenancy.system(PLATFORM, () =>
    Feedback.submit(person.userId, { message: `Yours, ${person.name}`, page: '/raid' })
  )
  return { world, person, member }
}

async function dies(work: () => Promise<unknown>) {
  try {
    await work()
    return false
  } catch (error) {
    if (error instanceof Killed) return true
    throw error
  }
}

const words = ({ name, email, subject }: Account & { subject: string }) => [name, email, subject]

test.group('An erasure', (group) => {
  group.each.setup(() => {
    removing()
    return () => useAccountRemover(null)
  })

  test('leaves nothing that names the person, and the label in its place', async ({ assert }) => {
    const { world, person, member } = await traced()
    const { label, outcome } = await erase(person)
    assert.deepEqual(outcome, { status: 'finished' })
    assert.deepEqual(await dumpHits(words(person)), [])
    const [user] = await sql(admin(), 'select * from users where id = ?', [person.userId])
    assert.containsSubset(user, { name: label, email: null, subject: null })
    const [row] = await sql(admin(), 'select status from memberships where id = ?', [
      member.membershipId,
    ])
    assert.equal(row.status, 'left')
    const [external] = await sql(
      admin(),
      'select name, email from external_resources where organisation_id = ?',
      [world.organisationId]
    )
    assert.deepEqual(external, { name: label, email: null })
  })

  test('forgets which forms the person sent, in each organisation and outside, and no others', async ({
    assert,
  }) => {
    const { world, person } = await traced()
    const { userId: colleague } = await world.person('owner')
    const send = (organisationId: string, userId: string) =>
      sql(
        admin(),
        'insert into sent_forms (organisation_id, id, user_id) values (?, gen_random_uuid(), ?)',
        [organisationId, userId]
      )
    for (const userId of [person.userId, colleague]) {
      for (const place of [world.organisationId, PLATFORM]) await send(place, userId)
    }
    await erase(person)
    const left = await sql(admin(), 'select user_id from sent_forms where user_id in (?, ?)', [
      person.userId,
      colleague,
    ])
    assert.deepEqual(
      left.map((row) => row.user_id),
      [colleague, colleague]
    )
  })

  test('takes out of the platform’s trail who signed in, and not who else did', async ({
    assert,
  }) => {
    const { person } = await traced()
    const colleague = await canary()
    await Tenancy.system(PLATFORM, async () => {
      for (const { userId } of [person, colleague]) {
        const session = { entityType: 'session', entityId: randomUUID() }
        await record({ action: 'session.started', ...session, values: accountValue(userId) })
      }
    })
    await erase(person)
    const left = await sql(
      admin(),
      `select subject_ref, value::jsonb as value from audit.event_values
        where organisation_id = ? and value like any (?::text[]) and path = 'account'`,
      [PLATFORM, [person, colleague].map(({ userId }) => `%${userId}%`)]
    )
    assert.deepEqual(left, [{ subject_ref: colleague.userId, value: { after: colleague.userId } }])
  })

  test('is finished by the next run, wherever it was killed', async ({ assert }) => {
    const { person } = await traced()
    const { id } = await begin(person)
    const { moments, tick } = dyingEverywhere()
    let deaths = 0
    while (await dies(() => runErasure(id, tick))) deaths++
    assert.equal(deaths, moments.size)
    for (const { name } of erasureSteps) {
      assert.includeMembers([...moments], [`${name} begin`, `${name} end`])
    }
    assert.deepEqual(await dumpHits(words(person)), [])
    const [row] = await sql(
      admin(),
      'select status, traces, proof_sha256 from erasures where id = ?',
      [id]
    )
    assert.equal(row.status, 'finished')
    assert.isNull(row.traces)
    assert.match(row.proof_sha256, /^[0-9a-f]{64}$/)
  })
})

test.group('Whom an erasure recognises', () => {
  /** Whether a text names the person, as the database sees it and as files are read. */
  async function seenIn(text: string, name: string) {
    const traces = { userId: null, names: [name], emails: [], subjects: [], externals: [] }
    const recognition = recognitionOf(traces)
    const [{ found }] = await sql(admin(), 'select ?::text ~* ?::text as found', [
      text,
      recognition.pattern,
    ])
    return { database: found, files: inText(recognition).test(text) }
  }

  for (const [text, isMeant] of [
    ['by Zoë Núñez.', true],
    ['by ZOË NÚÑEZ.', true],
    ['by Zoë\u00a0\u00a0Núñez.', true],
    ['by Zoë Núñez.'.normalize('NFD'), true],
    ['?q=Zo%C3%AB%20N%C3%BA%C3%B1ez', true],
    ['/minutes%20by%20Zo%C3%AB%20N%C3%BA%C3%B1ez.pdf', true],
    ['?q=Zo%C3%AB+N%C3%BA%C3%B1ez', true],
    ['by Núñez, Zoë.', true],
    ['NÚÑEZ Zoë', true],
    ['CV_Zoë_Núñez.pdf', true],
    ['nunez-zoe-plan.docx', true],
    ['zoe.nunez@elsewhere.test', true],
    [JSON.stringify('Present:\nZoë Núñez\nAbsent: none'), true],
    [JSON.stringify(JSON.stringify('Present:\n\tZoë Núñez')), true],
    [JSON.stringify('with Zoë\nNúñez'), true],
    ['by Zoë Núñezova.', false],
    ['by anZoë Núñez.', false],
    ['by Zoë.', false],
    ['by Zoë and Núñez.', false],
  ] as const) {
    test(`finds the same in the database as in files: ${text.replaceAll('%', '%%')}`, async ({
      assert,
    }) => {
      assert.deepEqual(await seenIn(text, 'Zoë Núñez'), { database: isMeant, files: isMeant })
    })
  }

  for (const [name, text] of [
    ['Ayşe Yılmaz', 'by AYŞE YILMAZ.'],
    ['AYŞE YILMAZ', 'by Ayşe Yılmaz.'],
    ['Yiğit Işık', 'by YİĞİT IŞIK.'],
    ['YİĞİT IŞIK', 'by Yiğit Işık.'],
    ['İlker Su', 'by ilker su.'],
    ['Ilker Su', 'by İLKER SU.'],
    ['Jürgen Weiß', 'by JÜRGEN WEISS.'],
    ['JÜRGEN WEISS', 'by Jürgen Weiß.'],
    ['Jürgen Weiß', 'by JÜRGEN WEIẞ.'],
    ['Νίκος Σοφός', 'by ΝΊΚΟΣ ΣΟΦΌΣ.'],
    ['Νίκος Σοφός', 'by ΝΙΚΟΣ ΣΟΦΟΣ.'],
  ] as const) {
    test(`finds a name in any case, in any alphabet: ${name} in ${text}`, async ({ assert }) => {
      assert.deepEqual(await seenIn(text, name), { database: true, files: true })
    })
  }

  test('includes quotation marks, apostrophes and hyphens as any system writes them', async ({
    assert,
  }) => {
    const name = `Jo "Ace" O'Neill-Kay`
    for (const text of [
      JSON.stringify({ told: `by ${name}` }),
      'Jo &quot;Ace&quot; O&#39;Neill-Kay',
      'Jo “Ace” O’Neill‑Kay',
      encodeURIComponent(name),
    ]) {
      assert.deepEqual(await seenIn(text, name), { database: true, files: true }, text)
    }
  })
})
