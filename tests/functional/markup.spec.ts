import { test } from '@japa/runner'
import { crawl, type Visitor } from '#tests/support/crawl'
import type { Exercise } from '#tests/support/exercises'
import { gateExercises } from '#tests/support/exercises/gates'
import { linkedTask } from '#tests/support/exercises/externals'
import { reportExercises } from '#tests/support/exercises/reports'
import { roundExercises } from '#tests/support/exercises/rounds'
import { taskExercises } from '#tests/support/exercises/tasks'
import { faultsOf } from '#tests/support/markup'
import { formsWithoutKey } from '#tests/support/once'
import { setScene, type Scene } from '#tests/support/scene'
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

/** States that the scene does not have, and an address that holds a secret. */
async function startsOf(scene: Scene) {
  const { token } = await linkedTask('Harbour Board')
  const all = { ...roundExercises, ...reportExercises, ...gateExercises, ...taskExercises }
  const made = (name: string) => all[name](scene)
  const [preparing, polled, open, decided] = await inTurn(
    [
      'gate_reviews.store',
      'gate_confidences.update',
      'gate_votes.update',
      'gate_corrections.store',
    ],
    made
  )
  const [claimed, draft, published, stage, task] = await inTurn(
    [
      'gate_condition_verifications.store',
      'status_reports.update',
      'status_reports.corrections.store',
      'stages.update',
      'tasks.update',
    ],
    made
  )
  return [
    `/task/${token}`,
    ...['reviews/create', 'readiness', 'dates/edit', 'baselines/create'].map(
      (page) => `${gateOf(preparing)}/${page}`
    ),
    `/projects/${scene.project.id}/stages/${stage.id}/edit`,
    `/projects/${task.project_id}/tasks/${task.id}/edit`,
    ...[polled, open, decided].map((round) => `${gateOf(round)}/reviews/${round.id}`),
    `${gateOf(open)}/reviews/${open.id}/pack`,
    `${gateOf(decided)}/conditions`,
    `${gateOf(decided)}/reviews/${decided.id}/correction/create`,
    `/projects/${claimed.project_id}/conditions/${claimed.id}`,
    `/projects/${draft.project_id}/reports/create`,
    `/projects/${draft.project_id}/reports/${draft.id}/edit`,
    `/projects/${published.project_id}/reports/${published.id}`,
    `/projects/${published.project_id}/reports/${published.id}/correction/create`,
  ]
}

/** What each of the exercises names, made one after the other. */
async function inTurn(names: string[], make: (name: string) => Promise<Exercise>) {
  const params = []
  for (const name of names) params.push((await make(name)).params!)
  return params
}

function gateOf({ project_id, gate_id }: Record<string, string>) {
  return `/projects/${project_id}/gates/${gate_id}`
}
