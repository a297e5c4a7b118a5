import { test } from '@japa/runner'
import { sql } from '#tenancy/sql'
import { sharedTables } from '#tenancy/shared_tables'
import { admin, tenantTables } from '#tests/support/admin'

const TENANT = '(organisation_id = ( SELECT app_organisation() AS app_organisation))'

/** Policies beside the tenant's own. Each is permissive, so each widens what its role sees. */
const widening = [
  'ai_interactions.office to orch_office',
  'api_token_uses.directory to orch_directory',
  'api_tokens.directory to orch_directory',
  'assistant_settings.office to orch_office',
  'audit_verifications.office to orch_office',
  'calendar_feeds.directory to orch_directory',
  'comments.directory to orch_directory',
  'email_outbox.directory to orch_directory',
  'external_resources.directory to orch_directory',
  'email_outbox.office to orch_office',
  'gate_evidence_bytes.office to orch_office',
  'gate_evidence.directory to orch_directory',
  'gate_evidence.office to orch_office',
  'gates.directory to orch_directory',
  'invitations.directory to orch_directory',
  'invitations.office to orch_office',
  'memberships.directory to orch_directory',
  'memberships.office to orch_office',
  'organisations.directory to orch_directory',
  'organisations.office to orch_office',
  'person_flags.directory to orch_directory',
  'policy_notices.directory to orch_directory',
  'policy_publications.directory to orch_directory',
  'privacy_requests.directory to orch_directory',
  'projects.directory to orch_directory',
  'projects.office to orch_office',
  'raid_items.directory to orch_directory',
  'staff_accesses.directory to orch_directory',
  'staff_accesses.office to orch_office',
  'status_reports.directory to orch_directory',
  'task_attachment_bytes.office to orch_office',
  'task_attachments.office to orch_office',
  'task_links.directory to orch_directory',
  'system_alerts.directory to orch_directory',
  'task_attachments.directory to orch_directory',
  'tasks.directory to orch_directory',
  'users.colleagues to public',
  'users.directory to orch_directory',
  'users.office to orch_office',
  'users.self to public',
]

test.group('Tenancy: the catalogue', () => {
  test('every table is a tenant’s or on the list of shared ones', async ({ assert }) => {
    const rows = await sql(
      admin(),
      `select relname as name from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'f', 'v', 'm')`
    )
    const tenants = (await tenantTables()).map((table) => table.replace('public.', ''))
    const others = rows.map(({ name }) => name).filter((name) => !tenants.includes(name))
    assert.sameMembers(
      others,
      Object.keys(sharedTables),
      'give the table an organisation_id, or its reason in app/tenancy/shared_tables.ts'
    )
  })

  test('every tenant table enables and forces row security and starts its key with the organisation', async ({
    assert,
  }) => {
    const rows = await sql(
      admin(),
      `select c.oid::regclass::text as name, c.relrowsecurity as enabled,
              c.relforcerowsecurity as forced, a.attnotnull as required,
              a.attnum = i.indkey[0] as first
         from pg_class c
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id'
         left join pg_index i on i.indrelid = c.oid and i.indisprimary
        where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('public', 'audit')`
    )
    assert.isAbove(rows.length, 10)
    for (const { name, ...facts } of rows) {
      const expected = { enabled: true, forced: true, required: true, first: true }
      assert.deepEqual(facts, expected, `${name}: use guardTenantTables in its migration`)
    }
  })

  test('every tenant table has the tenant policy for reading and writing', async ({ assert }) => {
    const policies = await allPolicies()
    const tables = (await tenantTables()).filter((table) => table.startsWith('public.'))
    for (const table of tables) {
      const tenant = policies.find((p) => `public.${p.table}` === table && p.name === 'tenant')
      assert.deepInclude(
        tenant ?? {},
        { cmd: '*', permissive: true, using: TENANT, check: TENANT, roles: ['public'] },
        `${table}: use guardTenantTables in its migration`
      )
    }
  })

  test('no policy widens a tenant’s view but those listed', async ({ assert }) => {
    const others = (await allPolicies())
      .filter(({ name }) => name !== 'tenant')
      .map(({ table, name, roles }) => `${table}.${name} to ${roles.join(', ')}`)
    assert.sameMembers(others, widening, 'explain the policy by listing it here')
  })

  test('the audit trail’s policies are the tenant’s for its readers', async ({ assert }) => {
    const rows = await sql(
      admin(),
      `select polrelid::regclass::text as table, polcmd as cmd, polroles::regrole[]::text as roles
         from pg_policy join pg_class c on c.oid = polrelid
        where c.relnamespace = 'audit'::regnamespace
          and 0 < (select count(*) from unnest(polroles) r where r <> 'orch_owner'::regrole)`
    )
    for (const { cmd, roles } of rows) {
      assert.include(['r {orch_app,orch_sealer}', 'r {orch_office}'], `${cmd} ${roles}`)
    }
  })
})

type Policy = {
  table: string
  name: string
  cmd: string
  permissive: boolean
  using: string | null
  check: string | null
  roles: string[]
}

function allPolicies(): Promise<Policy[]> {
  return sql(
    admin(),
    `select c.relname as table, polname as name, polcmd as cmd, polpermissive as permissive,
            pg_get_expr(polqual, polrelid) as using, pg_get_expr(polwithcheck, polrelid) as check,
            array(select case when r = 0 then 'public' else r::regrole::text end
                    from unnest(polroles) r) as roles
       from pg_policy join pg_class c on c.oid = polrelid
      where c.relnamespace = 'public'::regnamespace`
  )
}
