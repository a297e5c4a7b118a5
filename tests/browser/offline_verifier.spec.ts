import { createHash } from 'node:crypto'
import { test } from '@japa/runner'
import { SigningKey } from '#audit/keys'
import { violations } from '#tests/support/browser'
import { decidedTable, exportedFiles } from '#tests/support/decided_pack'
import { openOffline } from '#tests/support/offline'
import { inFolder, publicKey, sealTrail } from '#tests/support/pack_folder'
import { zipOf } from '#tests/support/zip'

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nthe minutes\n%%EOF\n')
const EVIDENCE = 'evidence/01-Board-minutes-May-.pdf'
const SEALED = /This is the pack that was sealed/
const CHANGED = /This is not the pack that was sealed/

test.group('The offline verifier page', () => {
  async function sealedPack() {
    const decided = await decidedTable(PDF)
    await sealTrail(decided.table.world.organisationId)
    return exportedFiles(decided)
  }

  test('relies on no event that is not sealed yet', async ({ assert, browser }) => {
    const files = await exportedFiles(await decidedTable(PDF))
    const { page, check, close } = await openOffline(browser, files)
    await check(await zipOf(files), publicKey)
    await page.getByRole('heading', { name: 'This pack is not sealed yet' }).waitFor()
    await page.getByText('No seal covers 2 of its events').waitFor()
    await page.getByText('Nothing in it is to be relied on').waitFor()
    await page.getByText('Checked: there are problems.').waitFor()
    assert.equal(await page.getByText(/^Approved, recorded/).count(), 0)
    await close()
  })

  test('opened from disk, passes the real pack and says what that proves', async ({
    assert,
    browser,
  }) => {
    const files = await sealedPack()
    const { page, check, asked, complaints, close } = await openOffline(browser, files)
    assert.deepEqual(await violations(page), [])
    await check(await zipOf(files))
    await page.getByRole('heading', { name: SEALED }).waitFor()
    assert.include(await page.getByRole('heading', { name: SEALED }).innerText(), 'without public')
    await page.getByText('give the public keys of the organisation').waitFor()
    await page.getByLabel('Public keys of').fill(publicKey)
    await page.getByRole('button', { name: 'Check files' }).click()
    await page.getByRole('heading', { name: /was sealed$/ }).waitFor()
    await page.getByText('Each seal was signed with a key that you gave').waitFor()
    await page.getByText('That no other record took the place of this one').waitFor()
    await page.getByText(/^Approved, recorded/).waitFor()
    assert.equal(await page.getByText('✓ matches').count(), files.size - 1)
    assert.deepEqual(await violations(page), [])
    await page.emulateMedia({ colorScheme: 'dark' })
    assert.deepEqual(await violations(page, ['color-contrast']), [])
    await inFolder(files, async (folder) => {
      await page.getByLabel('Or its unpacked folder').setInputFiles(folder)
      await page.getByText('Checked.').waitFor()
      await page.getByRole('heading', { name: /was sealed$/ }).waitFor()
    })
    await page
      .getByLabel('Files', { exact: true })
      .last()
      .setInputFiles([
        { name: 'mine.pdf', mimeType: 'application/pdf', buffer: PDF },
        { name: 'other.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 other') },
      ])
    await page.getByText(`mine.pdf is ${EVIDENCE} of this pack`).waitFor()
    await page.getByText('other.pdf is no file of this pack').waitFor()
    assert.deepEqual(asked(), [], 'nothing is loaded')
    assert.deepEqual(complaints, [])
    await close()
  })

  test('names every file that was changed, left out or put in', async ({ assert, browser }) => {
    const files = await sealedPack()
    const { page, check, complaints, close } = await openOffline(browser, files)
    const tamperings: [(changed: Map<string, Buffer>) => void, string[]][] = [
      [
        (changed) => changed.set(EVIDENCE, Buffer.from('%PDF-1.7 forged')),
        [`${EVIDENCE} is not the file that was exported`, `${EVIDENCE} is not what was submitted`],
      ],
      [(changed) => changed.delete(EVIDENCE), ['✗ is missing', `${EVIDENCE} is missing`]],
      [
        (changed) => changed.set('evidence/02-late.pdf', PDF),
        ['evidence/02-late.pdf does not belong to the pack'],
      ],
      [
        (changed) => forge(changed, 'decisions/01.json'),
        ['decisions/01.json is not what the audit trail carries'],
      ],
      [
        (changed) => forge(changed, 'decisions/01.json', 'audit.ndjson'),
        ['an event does not have the hash of its header'],
      ],
    ]
    for (const [tamper, findings] of tamperings) {
      const changed = new Map(files)
      tamper(changed)
      await check(await zipOf(changed), publicKey)
      await page.getByRole('heading', { name: CHANGED }).waitFor()
      for (const finding of findings) await page.getByText(finding).first().waitFor()
      assert.equal(await page.getByRole('heading', { name: SEALED }).count(), 0)
    }
    const stranger = new SigningKey(Buffer.alloc(32, 9).toString('base64')).publicKey
    await check(await zipOf(files), stranger)
    await page.getByText('signed only with keys that are not trusted').first().waitFor()
    await check(Buffer.from('no ZIP at all'))
    await page.getByText('It could not be read: This is no whole ZIP').waitFor()
    assert.deepEqual(await violations(page), [])
    assert.deepEqual(complaints, [])
    await close()
  })
})

/** Turns a decision round and writes its new hash wherever the old one stood. */
function forge(files: Map<string, Buffer>, path: string, ...others: string[]) {
  const before = files.get(path)!.toString()
  const after = before.replace('"outcome":"approved"', '"outcome":"rejected"')
  const [old, forged] = [before, after].map((text) =>
    createHash('sha256').update(text).digest('hex')
  )
  files.set(path, Buffer.from(after))
  for (const name of ['manifest.json', ...others]) {
    files.set(name, Buffer.from(files.get(name)!.toString().replaceAll(old, forged)))
  }
}
