import { test } from '@japa/runner'
import { crawl, type Visitor } from '#tests/support/crawl'
import { faultsOf, missingWords } from '#tests/support/markup'
import { formsWithoutKey } from '#tests/support/once'
import { setScene, type Scene } from '#tests/support/scene'
import { startsOf } from '#tests/support/starts'
import { registerStaff } from '#tests/support/world'

/** Mails are shown as they are sent: for the programs that read them, which know an older HTML. */
const isMail = (path: string) => /^\/admin\/mail_templates\/\w+\/document$/.test(path)

/** Addresses that are not opened here, and why. */
const BEYOND: Record<string, string> = {
  '/*': 'is every address that is none',
  '/': 'leads on to where a person begins',
  '/session/callback': 'answers the identity provider',
  '/join/:token': 'stands in a mail',
  '/unsubscribe/:token': 'stands in a mail',
  '/calendar/:kind/:secret.ics': 'is given to a calendar',
  '/externals/:id/invitation': 'leads back while the person has no address',
  '/refs/:ref': 'stands in a text that names what it leads to',
  '/profile/privacy/exports/:id': 'is a file',
  '/projects/:project_id/gates/:gate_id/criteria/:criterion_id/evidence/:id/file': 'is a file',
  '/projects/:project_id/tasks/:id/attachments/:attachment_id/file': 'is a file',
  '/projects/:project_id/tasks/changes/create': 'follows a choice in a list',
  '/projects/:project_id/raid/reviews/create': 'follows a choice in a list',
  '/projects/:project_id/assistant/gates/:gate_id': 'waits for an answer of the assistant',
  '/projects/:project_id/assistant/reports/:report_id': 'waits for an answer of the assistant',
  '/projects/:project_id/assistant/drafts/:id/question': 'waits for an answer of the assistant',
  '/projects/:project_id/assistant/drafts/:id/assumption': 'waits for an answer of the assistant',
}

test.group('Markup', () => {
  test('is valid on every page that can be opened, and no link is dead', async ({
    assert,
    client,
  }) => {
    const scene = await setScene()
    const starts = await startsOf(scene)
    const { pages, unopened, dead } = await crawl(client, scene, await visitorsOf(scene), starts)
    const found = []
    for (const { shape, html } of pages.filter(({ path }) => !isMail(path))) {
      for (const fault of await faultsOf(html)) found.push(`${shape} ${fault}`)
      for (const word of missingWords(html)) found.push(`${shape} says ${word}`)
      for (const form of formsWithoutKey(html))
        found.push(`${shape} ${form} would take effect twice`)
    }
    assert.deepEqual(found, [])
    assert.deepEqual(dead, [])
    assert.sameMembers(unopened, Object.keys(BEYOND))
  }).timeout(300_000)
})

/** Those who see most, and those who are shown another form of a page. */
async function visitorsOf({ world }: Scene): Promise<Visitor[]> {
  const roles = ['owner', 'manager', 'pmo', 'sponsor', 'gate_decider', 'team'] as const
  const members = []
  for (const role of roles) members.push(await world.person(role))
  return [null, ...members, await registerStaff()]
}
