import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { renderSample } from '#mails/samples'
import { templates, type TemplateName } from '#mails/templates'
import { notify } from '#models/notification'
import { kindNames } from '#models/notification/kinds'
import OutboxMail from '#models/outbox_mail'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { World } from '#tests/support/world'

const FOLDER = 'tests/fixtures/mails'
const HOW = 'if the change is meant: WRITE_MAILS=1 npm test -- functional --files=mails/snapshots'

test.group('Mails: as they have been looked at', () => {
  for (const name of Object.keys(templates) as TemplateName[]) {
    test(`${name}, in HTML and in text`, async ({ assert }) => {
      const { subject, text, html } = await Tenancy.system(PLATFORM, () => renderSample(name))
      for (const [file, found] of [
        [`${name}.text.txt`, `${subject}\n\n${text}`],
        [`${name}.html.txt`, html],
      ]) {
        assert.equal(settled(found), await kept(file, settled(found)), HOW)
      }
    })
  }

  test('the notice of each kind', async ({ assert }) => {
    const world = await World.create()
    const { membershipId } = await world.person('team')
    const found = await world.inside(async () => {
      for (const kind of kindNames) {
        const [title, detail] = [`A notice of the kind ${kind}`, 'What it is about.\n\nAnd more.']
        const notice = { kind, title, detail, path: '/work', key: kind, project: null }
        await notify({ ...notice, to: [membershipId] })
      }
      const mails = await OutboxMail.query().orderBy('id')
      return mails.map(({ subject, textBody }) => `${subject}\n\n${textBody}`).join('\n\n')
    })
    const told = settled(found)
      .replaceAll(world.organisationId, 'ORGANISATION')
      .replaceAll(/(unsubscribe\/)[\w-]+/g, '$1TOKEN')
    assert.equal(told, await kept('kinds.text.txt', told), HOW)
  })
})

/** The same wherever the tests run, and as editors leave it. */
function settled(text: string) {
  return `${text.replaceAll(process.env.APP_URL!, 'https://orchestrate.example').trim()}\n`
}

async function kept(file: string, found: string) {
  const path = app.makePath(FOLDER, file)
  if (process.env.WRITE_MAILS) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, found)
  }
  return readFile(path, 'utf8').catch(() => '')
}
