import { readFile, writeFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import type { ApiClient } from '@japa/api-client'
import app from '@adonisjs/core/services/app'
import { notify, type NewNotification } from '#models/notification'
import { allows, type Ability, type Role } from '#policies/permissions'
import { declaredRoutes, type DeclaredRoute } from '#start/router'
import { quietly } from '#tests/support/admin'
import { relatedIds } from '#tests/support/related'
import { rollingBack } from '#tests/support/rollback'
import { setScene, type Scene } from '#tests/support/scene'
import { pathTo } from '#tests/support/scene_ids'
import { send } from '#tests/support/sending'
import { tokenOf } from '#tests/support/tokens'
import { registerStaff, World, type Account, type Person } from '#tests/support/world'

const GOLDEN = 'docs/permissions.md'

const roles: Role[] = [
  'owner',
  'admin',
  'pmo',
  'auditor',
  'manager',
  'sponsor',
  'gate_decider',
  'team',
  'viewer',
]
const columns = [...roles, 'no role', 'elsewhere', 'platform admin', 'signed out'] as const

/** The product's permission table, as far as its rows have screens: who may, and nobody else. */
const promised: Record<string, [Ability[], Role[]]> = {
  'read the organisation’s content': [
    ['project.read', 'raid.read'],
    roles.filter((role) => role !== ('member' as Role)),
  ],
  'manage members, roles and invitations': [['member.manage'], ['owner', 'admin']],
  'see members, roles and invitations': [['member.read'], ['owner', 'admin', 'auditor']],
  'add and change external people': [['external.manage'], ['owner', 'admin']],
  'give roles in a project': [['project_member.manage'], ['owner', 'admin', 'manager']],
  'hand over ownership': [['organisation.transfer'], ['owner']],
  'read the risk matrix and gate policy': [
    ['governance.read'],
    ['owner', 'admin', 'pmo', 'auditor'],
  ],
  'change the risk matrix and gate policy': [['governance.manage'], ['owner', 'admin', 'pmo']],
  'change the organisation’s own settings': [['organisation.update'], ['owner', 'admin']],
  'create a project': [['project.create'], ['owner', 'admin', 'pmo']],
  'edit a project': [['project.update'], ['pmo', 'manager']],
  'edit RAID': [
    ['raid.update', 'raid.import'],
    ['pmo', 'manager'],
  ],
  'raise RAID and edit one’s own': [
    ['raid.raise', 'raid.update.own'],
    ['pmo', 'manager', 'team'],
  ],
  'accept a risk above appetite': [['raid.accept'], ['sponsor']],
  'update any task': [['task.update'], ['pmo', 'manager']],
  'add tasks and update one’s own': [
    ['task.create', 'task.update.own'],
    ['pmo', 'manager', 'team'],
  ],
  'see the organisation’s audit trail': [
    ['audit.read.organisation'],
    ['owner', 'admin', 'auditor'],
  ],
  'see what became of the organisation’s mails': [['mail.read'], ['owner', 'admin']],
  'see the privacy requests of members': [['privacy_request.read'], ['owner', 'admin', 'auditor']],
  'see a project’s audit trail': [['audit.read'], ['owner', 'admin', 'auditor', 'pmo', 'manager']],
  'export an audit trail': [['audit.export'], ['owner', 'admin', 'auditor', 'pmo']],
}

/**
 * Routes that nobody is let through here, because the scene holds nothing for them: proposals of the kinds that these
 * take, and a waiver of which somebody asked the chair. Of every other route the table says who is.
 */
const WITHOUT_A_RECORD = [
  'POST /projects/:project_id/assistant/drafts/:id/field',
  'GET /projects/:project_id/assistant/drafts/:id/question',
  'POST /projects/:project_id/assistant/drafts/:id/task',
  'POST /projects/:project_id/assistant/drafts/:id/comment',
  'GET /projects/:project_id/assistant/drafts/:id/assumption',
  'POST /projects/:project_id/assistant/drafts/:id/review',
  'POST /projects/:project_id/assistant/drafts/:id/risk',
  'PUT /projects/:project_id/gates/:gate_id/criteria/:id/waiver',
]

test.group('Permissions', () => {
  test('{name}: as the product promises')
    .with(Object.entries(promised).map(([name, [abilities, may]]) => ({ name, abilities, may })))
    .run(({ assert }, { abilities, may }) => {
      for (const ability of abilities) {
        const granted = [...roles, 'member' as Role].filter((role) => allows(ability, [role]))
        assert.sameMembers(granted, may, ability)
      }
    })

  test('every role on every route answers as docs/permissions.md says', async ({
    assert,
    client,
  }) => {
    const rows = await matrix(client)
    const found = render(rows)
    const file = app.makePath(GOLDEN)
    if (process.env.WRITE_PERMISSIONS) await writeFile(file, found)
    const message = `if the change is meant: WRITE_PERMISSIONS=1 npm test -- functional --files=permissions`
    assert.equal(found, await readFile(file, 'utf8').catch(() => ''), message)
    const unused = rows.filter(({ answers }) => !answers.includes('yes'))
    assert.sameMembers(
      unused.map(({ route }) => `${methodOf(route)} ${route.pattern}`),
      WITHOUT_A_RECORD
    )
  })
})

type Visitor = Person | (Account & { organisationId: string }) | null
type Row = { route: DeclaredRoute; answers: string[] }

/** The answer to each person on each route of members and of the platform; what they write is rolled back. */
async function matrix(client: ApiClient): Promise<Row[]> {
  const stage = await setScene()
  await closeProjects(stage)
  await tellTeam(stage)
  const people = await everyone(stage)
  const rows: Row[] = []
  for (const route of declaredRoutes()) {
    if (!isGuarded(route)) continue
    const path = await pathTo(stage, route.pattern, await relatedIds(stage, route.pattern))
    const ask = () => Promise.all(people.map((person) => answer(client, route, path, person)))
    rows.push({ route, answers: await (isRead(route) ? ask() : rollingBack(ask)) })
  }
  return rows
}

/** As the one of the scene, so that who holds nothing in a project sees none. */
function closeProjects({ world }: Scene) {
  return quietly(`update projects set visibility = 'members' where organisation_id = ?`, [
    world.organisationId,
  ])
}

/** The newest notice is the one that the table tries; without this it may be anybody's. */
async function tellTeam({ world }: Scene) {
  const { membershipId } = await world.person('team')
  const notice = { kind: 'system_alert', path: '/projects', title: 'Told last', key: 'told last' }
  await world.inside(() =>
    notify({ ...notice, to: [membershipId], project: null } as NewNotification)
  )
}

/** Those that ask more of a person than to be signed in. */
function isGuarded({ access }: DeclaredRoute) {
  return access.kind === 'can' || access.kind === 'platform'
}

function isRead({ methods }: DeclaredRoute) {
  return methods.includes('GET')
}

async function everyone({ world }: Scene): Promise<Visitor[]> {
  const people: Visitor[] = []
  for (const role of roles) people.push(await world.person(role))
  const other = await World.create('Elsewhere')
  const [stranger, owner] = [await world.person('stranger'), await other.person('owner')]
  const staff = { ...(await registerStaff()), organisationId: world.organisationId }
  const everybody = [...people, stranger, owner, staff]
  // What is made while the table is tried is rolled back.
  for (const person of everybody) if (person) await tokenOf(person)
  return [...everybody, null]
}

async function answer(client: ApiClient, route: DeclaredRoute, path: string, person: Visitor) {
  const method = methodOf(route)
  const response = await send(client, method, path, person)
  const status = response.status()
  if (status >= 500) throw new Error(`${method} ${path} answered ${status}`)
  if (status === 404) return '404'
  if (status === 401) return 'no token'
  if (status === 403) return person ? '403' : 'no form'
  const location = response.header('location')
  if (location === '/organisations' && !isMember(person)) return 'led out'
  return location === '/sign-in' ? 'sign in' : 'yes'
}

function isMember(person: Visitor): person is Person {
  return person !== null && 'membershipId' in person
}

function render(rows: Row[]) {
  const lines = rows.map(({ route, answers }) =>
    line([
      `\`${methodOf(route)} ${route.pattern}\``,
      'ability' in route.access ? route.access.ability : '*platform*',
      ...answers.map((value) => (value === 'yes' ? '**yes**' : value)),
    ])
  )
  const open = declaredRoutes().filter((route) => !isGuarded(route))
  return `# Permissions

Written by the test suite from real requests; do not edit. \`WRITE_PERMISSIONS=1 npm test -- functional
--files=permissions\` rewrites it.

**yes**: the route answers. 403: the person can see the record, but not do this. 404: for this person the
record does not exist. "no form": without a session there is no valid form token. "no token": a program
needs a member’s token. "led out": the person is not a member of this organisation and is sent to their own. In
this test the project is open to its members only, and its records belong to the manager, so a team member may
not change them. Abilities belong to a role in the organisation or the project; *platform* is the back office,
which exists for platform admins only.

${line(['Route', 'Ability', ...columns.map((name) => name.replaceAll('_', ' '))])}
${line(Array.from({ length: columns.length + 2 }, () => '--'))}
${lines.join('\n')}

## Routes outside any organisation

${line(['Route', 'For', 'Because'])}
${line(['--', '--', '--'])}
${open.map(openLine).join('\n')}
`
}

function openLine(route: DeclaredRoute) {
  const { kind, reason } = route.access as { kind: string; reason: string }
  const whom = kind === 'person' ? 'signed-in people' : 'anyone'
  return line([`\`${methodOf(route)} ${route.pattern}\``, whom, reason])
}

function methodOf({ methods }: DeclaredRoute) {
  return methods.find((name) => name !== 'HEAD')!
}

function line(cells: string[]) {
  return `| ${cells.join(' | ')} |`
}
