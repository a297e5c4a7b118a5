import { test } from '@japa/runner'
import { personalData } from '#registries/personal_data'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'

const RUNTIME = ['orch_app', 'orch_sealer', 'orch_privacy']

/** Why the application may delete from these; everywhere else rows are only ever added and changed. */
const deletable: Record<string, string> = {
  api_replies: 'what a program was answered is kept for a day',
  sent_forms: 'that a form took effect is kept for a day',
  webhook_deliveries: 'what a program was told is kept for a while only',
  webhook_endpoints: 'a webhook can be removed',
  calendar_feeds: 'a calendar address can be revoked',
  checklist_items: 'a step can be removed',
  comments: 'undoing an import removes what hangs on its items',
  feedback: 'it is its author’s: erasing a person deletes it',
  feedback_replies: 'they go with the feedback that they answer',
  gate_criteria: 'taking up another lifecycle replaces gates that were never submitted',
  gate_boards: 'taking up another lifecycle replaces gates that were never submitted',
  gate_condition_proposals: 'a proposal can be taken off the table before the decision',
  gate_deciders: 'a board is set anew as a whole',
  gate_evidence: 'the same, with what was brought to them',
  gate_evidence_bytes: 'a file moves on to the store',
  gates: 'taking up another lifecycle replaces gates that were never submitted',
  consent_records: 'a proof ends with its time',
  imports: 'a draft may be thrown away',
  import_mappings: 'a mapping can be thrown away',
  import_rows: 'they go with the import, or with what it added',
  notifications: 'they are kept for a while only',
  lifecycle_template_criteria: 'a draft is edited; a trigger keeps what is published',
  lifecycle_template_gates: 'a draft is edited; a trigger keeps what is published',
  lifecycle_template_stages: 'a draft is edited; a trigger keeps what is published',
  lifecycle_templates: 'a draft may be thrown away; a trigger keeps what is published',
  mail_suppressions: 'staff lift the suppression of an address that works again',
  portfolio_views: 'a view can be thrown away',
  programmes: 'a programme that holds no project can be deleted',
  project_members: 'a role in a project can be taken away',
  raid_items: 'an import can be undone',
  raid_links: 'a link can be removed',
  raid_readers: 'a named reader can be removed',
  report_schedules: 'reports may be due no more',
  report_subscriptions: 'a subscription ends',
  rate_limits: 'a count ends with its window',
  sessions: 'a session ends',
  stages: 'taking up another lifecycle replaces them',
  status_report_decisions: 'a draft is edited; a trigger keeps what is published',
  status_report_ratings: 'a draft is edited; a trigger keeps what is published',
  status_reports: 'a draft may be thrown away; a trigger keeps what is published',
  task_attachments: 'a file can be taken away',
  task_attachment_bytes: 'a file moves on to the store',
  task_predecessors: 'a task can stop waiting for another',
  tasks: 'an import can be undone',
}

/** Functions that act with their owner's rights, and who may call them. */
const definers: Record<string, string[]> = {
  'directory.account': ['orch_app'],
  'directory.account_of': ['orch_app'],
  'directory.announcements': ['orch_app'],
  'directory.organisations_named': ['orch_app'],
  'directory.places_of': ['orch_app'],
  'directory.flags': ['orch_app'],
  'directory.privacy_requests': ['orch_app'],
  'directory.restricted_members': ['orch_app'],
  'audit.append': ['orch_app'],
  'audit.append_many': ['orch_app'],
  'audit.organisations': ['orch_sealer'],
  'audit.redact_subject': ['orch_privacy'],
  'audit.redact_values': ['orch_privacy'],
  'audit.removal_in': ['orch_app', 'orch_privacy'],
  'audit.remove_organisation': ['orch_privacy'],
  'audit.remove_project': ['orch_privacy'],
  'audit.queue_webhooks': [],
  'audit.require_event': [],
  'audit.require_signature': [],
  'audit.seal': ['orch_sealer'],
  'audit.sign': ['orch_sealer'],
  'audit.unsealed': ['orch_sealer'],
  'directory.appoint': ['orch_owner'],
  'directory.change_profile': ['orch_app'],
  'directory.calendar_feed': ['orch_app'],
  'directory.access_is_open': ['orch_app', 'orch_owner'],
  'directory.look_in': ['orch_app'],
  'directory.enter': ['orch_app'],
  'directory.mail_sent_as': ['orch_app'],
  'directory.invitation': ['orch_app'],
  'directory.is_staff': ['orch_app', 'orch_office'],
  'directory.only_here': ['orch_app'],
  'directory.organisations': ['orch_app', 'orch_privacy'],
  'directory.people_outside': ['orch_app'],
  'directory.accounts': ['orch_privacy'],
  'directory.erasable': ['orch_app', 'orch_privacy'],
  'directory.find_people': ['orch_privacy'],
  'directory.flag_erasure': ['orch_privacy'],
  'directory.tombstone': ['orch_privacy'],
  'office.ahead': ['orch_app'],
  'office.job': ['orch_app'],
  'office.job_counts': ['orch_app'],
  'office.jobs': ['orch_app'],
  'office.trail': ['orch_app'],
  'office.trails': ['orch_app'],
  'office.assistant_usage': ['orch_app'],
  'office.failed_mail': ['orch_app'],
  'office.mails': ['orch_app'],
  'office.gauges': ['orch_app'],
  'office.health': ['orch_app'],
  'office.names': ['orch_app'],
  'office.organisation': ['orch_app'],
  'office.organisations': ['orch_app'],
  'office.owners': ['orch_app'],
  'office.people': ['orch_app'],
  'office.person': ['orch_app'],
  'privacy.apply': ['orch_privacy'],
  'privacy.excerpts_of': ['orch_privacy'],
  'privacy.find': ['orch_privacy'],
  'privacy.find_elsewhere': ['orch_privacy'],
  'privacy.find_values': ['orch_privacy'],
  'privacy.redact': ['orch_privacy'],
  'directory.overdue_mails': ['orch_app'],
  'directory.own_memberships': ['orch_app'],
  'directory.person': ['orch_app'],
  'directory.policy_audience': ['orch_app'],
  'directory.register': ['orch_app'],
  'directory.sign_in': ['orch_app'],
  'directory.task_link': ['orch_app'],
  'directory.use_api_token': ['orch_app'],
  'public.raid_matches': ['orch_app'],
  'public.task_matches': ['orch_app'],
  'public.attachment_matches': ['orch_app'],
  'public.attachments_like': ['orch_app'],
  'public.comment_matches': ['orch_app'],
  'public.evidence_like': ['orch_app'],
  'public.evidence_matches': ['orch_app'],
  'public.gate_matches': ['orch_app'],
  'public.report_matches': ['orch_app'],
  'public.gates_like': ['orch_app'],
  'public.project_matches': ['orch_app'],
  'public.projects_like': ['orch_app'],
  'public.raid_items_like': ['orch_app'],
  'public.tasks_like': ['orch_app'],
}

test.group('Tenancy: the roles of the database', () => {
  test('run-time roles are ordinary: {role}')
    .with([...RUNTIME, 'orch_owner', 'orch_directory', 'orch_office'].map((role) => ({ role })))
    .run(async ({ assert }, { role }) => {
      const [facts] = await sql(
        admin(),
        `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication
           from pg_roles where rolname = ?`,
        [role]
      )
      assert.deepEqual(new Set(Object.values(facts)), new Set([false]))
    })

  test('run-time roles own nothing and belong to no other role', async ({ assert }) => {
    const owned = await sql(
      admin(),
      `select relname from pg_class where relowner::regrole::text = any (?)
       union all select proname from pg_proc where proowner::regrole::text = any (?)
       union all select nspname from pg_namespace where nspowner::regrole::text = any (?)`,
      [RUNTIME, RUNTIME, RUNTIME]
    )
    assert.deepEqual(owned, [])
    const memberships = await sql(
      admin(),
      `select roleid::regrole::text as role, member::regrole::text as member
         from pg_auth_members where member::regrole::text like 'orch%'`
    )
    assert.sameDeepMembers(memberships, [
      { role: 'orch_directory', member: 'orch_owner' },
      { role: 'orch_office', member: 'orch_owner' },
    ])
  })

  test('the owner does not inherit what {role} may see')
    .with([{ role: 'orch_directory' }, { role: 'orch_office' }])
    .run(async ({ assert }, { role }) => {
      const [{ inherits }] = await sql(
        admin(),
        `select pg_has_role('orch_owner', ?, 'USAGE') as inherits`,
        [role]
      )
      assert.isFalse(inherits)
    })

  test('the back office’s role only reads, and no column with content', async ({ assert }) => {
    const granted = await sql(
      admin(),
      `select c.oid::regclass::text as table, a.attname as column, privilege_type as privilege
         from pg_class c join pg_attribute a on a.attrelid = c.oid
         cross join lateral aclexplode(a.attacl)
        where grantee = 'orch_office'::regrole
       union all
       select c.oid::regclass::text, '*', privilege_type
         from pg_class c cross join lateral aclexplode(c.relacl)
        where grantee = 'orch_office'::regrole`
    )
    assert.isAbove(granted.length, 10)
    for (const { table, column, privilege } of granted) {
      assert.equal(privilege, 'SELECT', `${table}.${column}`)
      // The queue holds ids and codes.
      if (table.startsWith('graphile_worker.')) continue
      const name = table.includes('.') ? `${table}.${column}` : `public.${table}.${column}`
      const handling = personalData.get(name)
      assert.exists(handling, `${name} is granted as a whole, or is not in the inventory`)
      assert.notEqual(handling!.class, 'content', name)
      assert.isFalse(handling!.sealed, name)
    }
  })

  test('run-time roles hold no privilege beyond their work', async ({ assert }) => {
    const rows = await sql(
      admin(),
      `select c.relnamespace::regnamespace::text as schema, c.relname as table,
              grantee::regrole::text as role, privilege_type as privilege
         from pg_class c cross join lateral aclexplode(c.relacl)
        where c.relnamespace::regnamespace::text in ('public', 'audit', 'directory', 'office')
          and c.relkind in ('r', 'p', 'v', 'm', 'S')
          and (grantee = 0 or grantee::regrole::text = any (?))`,
      [RUNTIME]
    )
    const excess = rows.filter((grant) => !isNeeded(grant))
    assert.deepEqual(excess, [])
  })

  test('run-time roles create nothing', async ({ assert }) => {
    const rows = await sql(
      admin(),
      `select role, nspname from unnest(?::text[]) role, pg_namespace
        where nspname in ('public', 'audit', 'directory', 'office')
          and has_schema_privilege(role, oid, 'CREATE')`,
      [[...RUNTIME, 'orch_directory', 'orch_office']]
    )
    assert.deepEqual(rows, [])
  })

  test('functions with their owner’s rights are listed, pinned and closed to the public', async ({
    assert,
  }) => {
    const rows = await sql(
      admin(),
      `select p.pronamespace::regnamespace || '.' || p.proname as name,
              p.proconfig::text as config, p.proowner::regrole::text as owner,
              array(select case when grantee = 0 then 'public' else grantee::regrole::text end
                      from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner)))
                     where grantee <> p.proowner and grantee <> 'orch_directory'::regrole
                     order by 1) as callers
         from pg_proc p where p.prosecdef
          and p.pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')`
    )
    const found = Object.fromEntries(rows.map(({ name, callers }) => [name, callers]))
    assert.deepEqual(found, definers)
    for (const { name, config, owner } of rows) {
      assert.match(config ?? '', /^\{"search_path=(pg_catalog|public), pg_temp"\}$/, name)
      assert.include(['orch_owner', 'orch_directory', 'orch_office'], owner, name)
    }
  })
})

function isNeeded({ schema, table, role, privilege }: Record<string, string>) {
  if (schema === 'audit') return role !== 'orch_privacy' && privilege === 'SELECT'
  if (role !== 'orch_app') return false
  if (privilege === 'DELETE') return table in deletable
  return ['SELECT', 'INSERT', 'UPDATE'].includes(privilege)
}
