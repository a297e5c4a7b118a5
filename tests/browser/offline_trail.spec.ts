import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { test } from '@japa/runner'
import { SigningKey } from '#audit/keys'
import { trailFiles } from '#exports/audit_bundle/files'
import { violations } from '#tests/support/browser'
import { Log } from '#tests/support/raid_log'
import { openOffline } from '#tests/support/offline'
import { inFolder, publicKey, sealTrail } from '#tests/support/pack_folder'
import { zipOf } from '#tests/support/zip'

const SEALED = /This is the trail that was sealed/
const CHANGED = /This is not the trail that was sealed/

test.group('The offline verifier page, given an audit trail', () => {
  /** The files of a sealed trail as an auditor exports them, past the pages. */
  async function sealedTrail() {
    const log = await Log.create()
    await log.raise('risk', { title: 'In the open' })
    await log.raise('risk', { title: 'Kept', sensitivity: 'named_people' })
    await sealTrail(log.world.organisationId)
    const { userId } = await log.world.person('auditor')
    const tenant = { organisationId: log.world.organisationId, userId, requestId: null }
    const files = new Map<string, Buffer>()
    for await (const { path, content } of trailFiles(tenant)) files.set(path, await buffer(content))
    return files
  }

  test('passes the real one as ZIP, folder and bundle, and says what that proves', async ({
    assert,
    browser,
  }) => {
    const files = await sealedTrail()
    const { page, check, asked, complaints, close } = await openOffline(browser, files)
    await check(await zipOf(files))
    await page.getByRole('heading', { name: SEALED }).waitFor()
    await page.getByText('give the public keys of the organisation').waitFor()
    await check(await zipOf(files), publicKey)
    await page.getByRole('heading', { name: /was sealed$/ }).waitFor()
    await page.getByText('Each seal was signed with a key that you gave').waitFor()
    await page.getByText(/events of which only the hash is here/).waitFor()
    await page.getByText('a trail that is cut off there has no gap').waitFor()
    assert.equal(await page.getByText('✓ matches').count(), files.size - 1)
    assert.isFalse(await page.getByRole('heading', { name: /another file/ }).isVisible())
    assert.deepEqual(await violations(page), [])
    await page.setViewportSize({ width: 320, height: 800 })
    await page.emulateMedia({ colorScheme: 'dark' })
    assert.deepEqual(await violations(page, ['color-contrast', 'target-size']), [])

    const last = (await page.getByText(/^Its last seal, made/).innerText()).match(
      /\d+:[0-9a-f]{64}/
    )!
    await page.getByLabel('Seals that you noted').fill(last[0])
    await page.getByRole('button', { name: 'Check files' }).click()
    await page.getByText('The seal that you noted earlier stands in it unchanged').waitFor()
    await inFolder(files, async (folder) => {
      await page.getByLabel('Or its unpacked folder').setInputFiles(folder)
      await page.getByRole('heading', { name: /was sealed$/ }).waitFor()
    })
    const bundle = files.get('audit.ndjson')!
    await check(gzipSync(bundle), publicKey, 'audit.ndjson.gz')
    await page.getByRole('heading', { name: /was sealed$/ }).waitFor()
    assert.equal(await page.getByText('✓ matches').count(), 0)
    assert.deepEqual(asked(), [], 'nothing is loaded')
    assert.deepEqual(complaints, [])
    await close()
  })

  test('names what was changed, left out, cut off or signed by a stranger', async ({
    assert,
    browser,
  }) => {
    const files = await sealedTrail()
    const { page, check, complaints, close } = await openOffline(browser, files)
    const bundle = files.get('audit.ndjson')!.toString()
    const lines = bundle.split('\n')
    const shown = lines.findIndex((line) => line.includes('"kind":"event"'))
    for (const [changed, finding] of [
      [bundle.replace('raid_item.', 'gate.'), 'an event shows something else than its header says'],
      [lines.toSpliced(shown, 1).join('\n'), 'are not the ones that were sealed'],
      [lines.slice(0, -3).join('\n'), 'the bundle ends before its last line'],
    ]) {
      await check(Buffer.from(changed), publicKey, 'audit.ndjson')
      await page.getByRole('heading', { name: CHANGED }).waitFor()
      await page.getByText(finding).first().waitFor()
      assert.equal(await page.getByRole('heading', { name: SEALED }).count(), 0)
    }
    const swapped = new Map(files).set('README.txt', Buffer.from('Trust me'))
    await check(await zipOf(swapped), publicKey)
    await page.getByText('README.txt is not the file that was exported').waitFor()
    const stranger = new SigningKey(Buffer.alloc(32, 9).toString('base64')).publicKey
    await check(await zipOf(files), stranger)
    await page.getByText('signed only with keys that are not trusted').first().waitFor()
    await page.getByLabel('Seals that you noted').fill(`1:${'0'.repeat(64)}`)
    await check(await zipOf(files), publicKey)
    await page.getByText('a seal seen earlier is gone or has changed').waitFor()
    await page.getByLabel('Seals that you noted').fill('the first')
    await page.getByRole('button', { name: 'Check files' }).click()
    await page.getByText('A seal is noted as its number, a colon').waitFor()
    await page.getByLabel('Seals that you noted').fill('')
    await check(await zipOf(new Map([['notes.txt', Buffer.from('x')]])))
    await page.getByText('It is neither a gate pack nor an audit trail').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await close()
  })
})
