import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { deliverMail } from '#mails/delivery'
import { queueMail } from '#mails/outbox'
import Feedback from '#models/feedback'
import ChecklistItem from '#models/checklist_item'
import Comment from '#models/comment'
import type { Viewer } from '#identity/viewer'
import Import from '#models/import'
import type Project from '#models/project'
import RaidItem from '#models/raid_item'
import Task from '#models/task'
import TaskPredecessor from '#models/task_predecessor'
import Tenancy, { PLATFORM } from '#tenancy/tenancy'
import { openPage, overflow, violations } from '#tests/support/browser'
import { failedMail, sendFeedback } from '#tests/support/exercises/backoffice'
import { receive } from '#tests/support/exercises/privacy'
import { SMALL_LOG } from '#tests/support/imports'
import { populated } from '#tests/support/populated'
import { ask } from '#tests/support/populated/portfolio'
import { register, registerStaff, World, type Account, type Person } from '#tests/support/world'

/** Every page of a signed-in person: a new page is a new line. `:project` and the types name records. */
const PAGES = [
  '/projects',
  '/projects/create',
  '/projects/:project',
  '/projects/:project/edit',
  '/projects/:project/raid?type=risk',
  '/projects/:project/raid?type=risk&q=nothing-like-it',
  '/projects/:project/raid?type=risk&edit=:risk',
  '/projects/:project/raid?type=assumption',
  '/projects/:project/raid?type=issue',
  '/projects/:project/raid?type=dependency',
  '/projects/:project/raid?type=decision',
  '/projects/:project/raid?type=risk&review=overdue',
  '/projects/:project/raid?type=issue&review=overdue',
  '/projects/:project/raid/reviews/create?type=risk&entry=1',
  '/projects/:project/raid/create?type=risk',
  '/projects/:project/raid/create?type=dependency',
  '/projects/:project/raid/:risk',
  '/projects/:project/raid/:assumption',
  '/projects/:project/raid/:issue',
  '/projects/:project/raid/:dependency',
  '/projects/:project/raid/:decision',
  '/projects/:project/raid/:risk/edit',
  '/projects/:project/raid/:issue/edit',
  '/projects/:project/imports',
  '/projects/:project/imports/create',
  '/projects/:project/imports/:draft/edit',
  '/projects/:project/imports/:imported',
  '/projects/:project/origin',
  '/project-imports/create',
  '/project-requests',
  '/project-requests?state=all',
  '/project-requests/create',
  '/project-requests/:request',
  '/project-requests/:declined',
  '/projects/create?request=:request',
  '/projects/:project/health',
  '/projects/:project/health/ratings/create',
  '/projects/:project/health/confidences/create',
  '/projects/:project/audit',
  '/projects/:project/members',
  '/projects/:project/assistant',
  '/projects/:project/assistant/notes',
  '/projects/:project/assistant/entries/:risk',
  '/projects/:project/assistant/duplicates',
  '/work',
  '/notifications',
  '/notifications?show=unread',
  '/notifications/preferences',
  '/projects/:project/tasks',
  '/projects/:project/tasks?q=nothing-like-it',
  '/projects/:project/tasks?view=board',
  '/projects/:project/tasks/create',
  '/projects/:project/tasks/:task',
  '/projects/:project/tasks/:task/edit',
  '/tasks',
  '/calendar',
  '/departure',
  '/raid',
  '/raid?state=open&owner=me',
  '/raid/views',
  '/raid/views/create?query=type%3Drisk%26owner%3Dme',
  '/reports/views',
  '/reports/views/create?query=state%3Dlate',
  '/reports',
  '/reports?q=nothing-like-it',
  '/audit',
  '/organisations',
  '/profile',
  '/profile/sessions',
  '/profile/privacy',
  '/profile/privacy/erasure',
  '/profile/activity',
  '/feedback',
  '/feedback/create?page=/raid',
  '/consent/edit',
  '/nowhere',
]

/** Pages that only the organisation's owners and auditors may open; the PMO sees the refusal. */
const OWNERS_PAGES = ['/audit', '/mails', '/mails/:mail']

/** Pages that only those who manage the organisation have. */
const OWNER_PAGES = [
  '/setup',
  '/members',
  '/members?q=nobody-like-this',
  '/members/:member',
  '/invitations',
  '/invitations/create',
  '/permissions',
  '/settings',
  '/settings/scoring',
  '/settings/categories',
  '/settings/gates',
  '/settings/assistant',
  '/settings/assistant/usage',
  '/settings/retention',
  '/settings/accesses',
  '/privacy-requests',
  '/externals',
  '/externals/create',
]

/** Pages that only platform admins have. */
const BACK_OFFICE_PAGES = [
  '/admin',
  '/admin/organisations',
  '/admin/organisations/create',
  '/admin/organisations/:organisation',
  '/admin/people',
  '/admin/jobs',
  '/admin/health',
  '/admin/alerts',
  '/admin/alerts/create',
  '/admin/seals',
  '/admin/policies',
  '/admin/processors',
  '/admin/privacy',
  '/admin/privacy?show=closed',
  '/admin/privacy/create',
  '/admin/privacy/:request',
  '/admin/privacy/retention',
  '/admin/privacy/erasures',
  '/admin/feedback',
  '/admin/feedback?status=all',
  '/admin/feedback/:feedback',
  '/admin/assistant',
  '/admin/mails',
  '/admin/mails?state=kept',
  '/admin/suppressions',
  '/admin/mail_templates',
  '/admin/mail_templates/notice',
  '/admin/audit',
  '/admin/audit?shown=all',
]

const PUBLIC_PAGES = [
  '/sign-in',
  '/privacy',
  '/privacy/versions',
  '/privacy/versions/2026-04-03',
  '/privacy/requests/create',
  '/privacy/requests/P-7KQ4MX',
  '/cookies',
  '/accessibility',
  '/consent/edit',
]

/** So many pages make one test. */
const LOT = 8

/** What colours and widths can change; the rest is the same in every look. */
const LOOK_RULES = ['color-contrast', 'target-size']

test.group('Every page', (group) => {
  let office: { world: World; ids: Record<string, string> }
  let peopled: World
  group.setup(async () => {
    const world = await World.create()
    office = { world, ids: await furnish(world) }
    peopled = (await populated()).world
  })

  test('is accessible, in the light and in the dark, and fits a small screen: {name}')
    .with(lots(PAGES))
    .run(async ({ browser, assert }, { paths }) => {
      const { world, ids } = office
      const { page, complaints } = await openPage(browser, quietly(await world.person('pmo')))
      const found = []
      for (const path of paths) found.push(...(await inspect(page, withIds(path, ids))))
      assert.deepEqual(found, [])
      assert.deepEqual(unexpected(complaints), [])
    })

  test('of owners is accessible and fits too', async ({ browser, assert }) => {
    const world = await World.create()
    const ids = { ...(await furnish(world)), mail: await keepMail(world) }
    const { page, complaints } = await openPage(browser, quietly(await world.person('owner')))
    const found = []
    for (const path of OWNERS_PAGES.map((page_) => withIds(page_, ids)))
      found.push(...(await inspect(page, path)))
    assert.deepEqual(found, [])
    assert.deepEqual(complaints, [])
  })

  test('of those who manage the organisation is accessible and fits too: {name}')
    .with(lots(OWNER_PAGES))
    .run(async ({ browser, assert }, { paths }) => {
      const { membershipId: member } = await peopled.person('team')
      const { page, complaints } = await openPage(browser, quietly(await peopled.person('owner')))
      const found = []
      for (const path of paths) found.push(...(await inspect(page, withIds(path, { member }))))
      assert.deepEqual(found, [])
      assert.deepEqual(complaints, [])
    })

  test('of those who run the platform is accessible and fits too: {name}')
    .with(lots(BACK_OFFICE_PAGES))
    .run(async ({ browser, assert }, { paths }) => {
      const ids = { ...(await furnishDesk()), organisation: office.world.organisationId }
      const { page, complaints } = await openPage(browser, quietly(await registerStaff()))
      const found = []
      for (const path of paths) found.push(...(await inspect(page, withIds(path, ids))))
      assert.deepEqual(found, [])
      assert.deepEqual(complaints, [])
    })

  test('of visitors is accessible and fits too', async ({ browser, assert }) => {
    const { page, complaints } = await openPage(browser)
    const found = []
    for (const path of PUBLIC_PAGES) found.push(...(await inspect(page, path)))
    assert.deepEqual(found, [])
    assert.deepEqual(complaints, [])
  })
})

/** Without the question about cookies, which lies over the foot of a page and is looked at as a visitor. */
function quietly(person: Person | Account) {
  return { person, consent: 'rejected' } as const
}

/** A test for every few pages, so that none takes long. */
function lots(paths: string[]) {
  const starts = [...paths.keys()].filter((index) => index % LOT === 0)
  return starts.map((start) => ({ name: paths[start], paths: paths.slice(start, start + LOT) }))
}

function withIds(path: string, ids: Record<string, string>) {
  return path.replaceAll(/:(\w+)/g, (_, key) => ids[key])
}

/** Something to answer, and mails that failed. */
async function furnishDesk() {
  const { id: feedback } = await sendFeedback(`Anextraordinarilylongword${'x'.repeat(90)}\nlate`)
  const { id: request } = await receive(await register('asker'))
  await Tenancy.system(PLATFORM, async () =>
    (await Feedback.findById(feedback)).answer('It is mended.', 1)
  )
  await failedMail()
  await failedMail('outcome_unknown')
  return { feedback, request }
}

/** A mail that no provider took, so that its page shows the content. */
async function keepMail(world: World) {
  const { membershipId, name, email } = await world.person('manager')
  const id = await world.inside(() =>
    queueMail({
      template: 'notice',
      to: { email, name, membershipId },
      data: { subject: 'The gate is decided', paragraphs: ['It passed.'], path: '/projects' },
      key: 'kept',
    })
  )
  await deliverMail(world.organisationId, id, null)
  return id
}

async function inspect(page: Page, path: string) {
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(path)
  const light = await violations(page)
  await page.setViewportSize({ width: 320, height: 900 })
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await violations(page, LOOK_RULES)
  const wide = await overflow(page)
  return [
    ...light.map((text) => `${path} ${text}`),
    ...dark.map((text) => `${path} dark ${text}`),
    ...(wide > 0 ? [`${path} is ${wide} px too wide`] : []),
  ]
}

/** The browser itself reports the page that is meant not to exist and the one meant to be refused. */
function unexpected(complaints: string[]) {
  return complaints.filter((text) => !/status of 40[34]/.test(text))
}

async function bringTwo(project: Project, viewer: Viewer) {
  const bring = () =>
    Import.upload(project, 'a-log-with-quite-a-long-name.csv', Buffer.from(SMALL_LOG))
  const [draft, imported] = [await bring(), await bring()]
  await imported.execute(project, await imported.plan(), { viewer, seen: null })
  return { draft: draft.id, imported: imported.id }
}

async function furnish(world: World): Promise<Record<string, string>> {
  const project = await world.project({ name: 'Harbour lights', description: 'A *safer* harbour' })
  const manager = await world.person('manager')
  const raise = (type: string, attributes = {}) =>
    RaidItem.raise(project, {
      type,
      title: `A rather long title of one ${type} with anextraordinarilylongwordwithoutanyspace`,
      description: '# Why\n\n| a | b |\n|---|---|\n| one | two |\n\n[a link](https://example.test)',
      ownerId: manager.membershipId,
      dueOn: '2026-01-05',
      ...attributes,
    } as any)
  const items = await world.inside(async () => [
    await raise('risk', {
      currentLikelihood: 5,
      currentImpact: 5,
      response: 'reduce',
      nextReviewOn: '2026-01-05',
    }),
    await raise('assumption', { impactIfFalse: 4, confidence: 'low' }),
    await raise('issue', { severity: 4, urgency: 5 }),
    await raise('dependency', { counterpartName: 'Harbour authority' }),
    await raise('decision', { options: '- one\n- two' }),
  ])
  const viewer = await world.viewer(manager)
  const imports = await world.inside(() => bringTwo(project, viewer), manager)
  const task = await world.inside(() => divide(project, manager.membershipId), manager)
  return {
    project: project.id,
    task: task.id,
    ...imports,
    ...(await askTwice(world, manager)),
    ...Object.fromEntries(items.map((item) => [item.type, item.id])),
  }
}

/** A request that waits for an answer, and one that was declined. */
async function askTwice(world: World, by: Person) {
  const title = 'A lock with anextraordinarilylongwordwithoutanyspace'
  const request = await ask(world, by, { title, benefits: '- **Ships** no longer wait' })
  const declined = await ask(world, by, { title })
  const office = await world.person('pmo')
  await world.inside(() => declined.decline(`No money for ${title}`, 1), office)
  return { request: request.id, declined: declined.id }
}

/** A task with everything that its page can show. */
async function divide(project: Project, assigneeId: string) {
  const title = 'A rather long task with anextraordinarilylongwordwithoutanyspace'
  const add = (more = {}) => Task.add(project, { title, assigneeId, dueOn: '2026-01-05', ...more })
  const [task, earlier] = [await add({ priority: 'critical' }), await add()]
  await add({ parentId: task.id, status: 'done' })
  await TaskPredecessor.join(task, earlier)
  await ChecklistItem.add(task, title)
  await ChecklistItem.add(task, 'A second step')
  await Comment.add(task, project, 'A remark with anextraordinarilylongwordwithoutanyspace')
  return task
}
