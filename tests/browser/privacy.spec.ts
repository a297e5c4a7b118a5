import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import { makeExport } from '#privacy/exports/make'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { unzip } from '#tests/support/unzip'
import { openedMails } from '#tests/support/sealed'
import { openPage, violations } from '#tests/support/browser'
import { register, registerStaff, World } from '#tests/support/world'

async function mailed(email: string, template: string) {
  const [mail] = await openedMails(
    `select text_body from email_outbox where email = ? and template = ? order by id desc limit 1`,
    [email, template]
  )
  return mail.text_body as string
}

test.group('Asking about one’s data', () => {
  for (const javaScript of [true, false]) {
    test(`without an account, answered by the desk, ${javaScript ? 'with' : 'without'} JavaScript`, async ({
      browser,
      assert,
    }) => {
      const options = { javaScript, consent: 'rejected' as const }
      const email = `vera-${Math.random()}@example.test`
      const { page, complaints } = await openPage(browser, options)
      await page.goto('/privacy')
      await page.getByRole('link', { name: 'Ask about your data, or complain to us' }).click()
      await page.getByLabel('A copy of my data').check()
      await page.getByLabel('Your name').fill('Vera Visitor')
      await page.getByLabel('Email address').fill(email)
      await page.getByRole('button', { name: 'Send request' }).click()
      await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
      await page.getByLabel('Code').fill('00000000')
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByText('This is not the latest code').first().waitFor()
      const [code] = (await mailed(email, 'privacy_code')).match(/^[0-9A-Z]{8}$/m)!
      await page.getByLabel('Code').fill(code)
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByText('Being worked on').waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])
      const ref = page.url().split('/').at(-1)!

      const { page: desk, complaints: others } = await openPage(browser, {
        ...options,
        person: await registerStaff(),
      })
      await desk.goto('/admin/privacy')
      await desk.getByRole('link', { name: ref }).click()
      if (javaScript) assert.deepEqual(await violations(desk), [])
      await desk.getByLabel('What was done').fill('Your copy is attached to this answer.')
      await desk.getByRole('button', { name: 'Fulfil and tell the person' }).click()
      await desk.getByText('The request was fulfilled, and the person told.').waitFor()
      await desk.getByText('Evidence (SHA-256)').waitFor()

      assert.include(await mailed(email, 'privacy_letter'), 'Your copy is attached')
      await page.reload()
      await page.getByText('Your copy is attached to this answer.').waitFor()
      assert.deepEqual([...complaints, ...others], [])
    })

    test(`under one’s profile, with a switch, ${javaScript ? 'with' : 'without'} JavaScript`, async ({
      browser,
      assert,
    }) => {
      const person = { ...(await register('asker')), membershipId: '', organisationId: '' }
      const { page, complaints } = await openPage(browser, {
        javaScript,
        consent: 'rejected' as const,
        person,
      })
      await page.goto('/profile/privacy')
      await page.getByLabel('Correct my data').check()
      await page.getByRole('button', { name: 'Send request' }).click()
      await page.getByText('Being worked on').waitFor()
      await page.getByRole('button', { name: 'Switch off analytics' }).click()
      await page.getByRole('button', { name: 'Allow analytics again' }).waitFor()
      await page.getByRole('button', { name: /^Withdraw request P-/ }).click()
      await page.getByText('Your request was withdrawn.').waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])
      assert.deepEqual(complaints, [])
    })

    test(`for a copy of it, fetched once, ${javaScript ? 'with' : 'without'} JavaScript`, async ({
      browser,
      assert,
    }) => {
      const person = await (await World.create()).person('member')
      const { page, complaints } = await openPage(browser, {
        javaScript,
        consent: 'rejected' as const,
        person,
      })
      await page.goto('/profile/privacy')
      await page.getByRole('button', { name: 'Ask for a copy' }).click()
      await page.getByText('Your copy is being made.').waitFor()
      await page.getByRole('link', { name: 'Check progress' }).waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])
      const [{ id }] = await sql(admin(), 'select id from privacy_exports where user_id = ?', [
        person.userId,
      ])
      await makeExport(id)
      await page.getByRole('link', { name: 'Check progress' }).click()
      await page.getByRole('link', { name: 'Go to download' }).click()
      await page.getByRole('heading', { name: 'Your copy' }).waitFor()
      if (javaScript) assert.deepEqual(await violations(page), [])
      const waiting = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Download my data' }).click()
      const download = await waiting
      assert.match(download.suggestedFilename(), /^my-data-[0-9-]+\.zip$/)
      const files = unzip(await readFile(await download.path()))
      assert.include(files.get('data/users.json')!.toString(), person.email)
      await page.goto('/profile/privacy')
      await page.getByText('Downloaded').waitFor()
      assert.deepEqual(complaints, [])
      if (!javaScript) return
      await page.setContent(files.get('README.html')!.toString())
      assert.deepEqual(await violations(page), [])
    })
  }
})

test.group('A browser that only visits', () => {
  test('holds declared cookies and no storage, and has asked nobody else', async ({
    browser,
    assert,
  }) => {
    const { page, context } = await openPage(browser)
    const foreign: string[] = []
    page.on('request', (request) => {
      if (new URL(request.url()).host !== `${process.env.HOST}:${process.env.PORT}`)
        foreign.push(request.url())
    })
    for (const path of ['/sign-in', '/privacy', '/cookies', '/privacy/requests/create'])
      await page.goto(path)
    const jar = (await context.cookies()).map(({ name }) => name)
    assert.deepEqual(jar, ['appSession'])
    const kept = await page.evaluate('localStorage.length + sessionStorage.length')
    assert.equal(kept, 0)
    assert.isEmpty(foreign)
  })
})
