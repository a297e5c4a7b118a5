/** Tables without a tenant, and why. Any other table has `organisation_id` and all three walls. */
export const sharedTables: Record<string, string> = {
  users: 'an account may join several organisations; a policy shows only colleagues',
  organisations: 'the tenant itself; its own policy compares the id',
  sessions: 'a session begins before any organisation is chosen; found by the hash of a secret',
  mail_suppressions:
    'an address that bounced bounces for every organisation; found by a keyed hash of the address',
  rate_limits: 'requests are counted before anybody is in an organisation; found by a keyed hash',
  adonis_schema: 'the list of migrations; only the owner may read it',
  adonis_schema_versions: 'the version of that list; only the owner may read it',
}
