/** Queries that find nothing once everything has come to rest, by what they look for. */
export const LEFT_BEHIND = {
  'jobs still locked':
    'select id, locked_by from graphile_worker._private_jobs where locked_at is not null',
  'jobs due or given up':
    'select id, attempts, last_error from graphile_worker._private_jobs where run_at <= now() or attempts >= max_attempts',
  'mails not sent': `select id, status, failure, attempts from email_outbox where status not in ('sent', 'suppressed')`,
  'board packs half made': `select id, status from board_packs where status in ('queued', 'running')`,
  'exports and imports half done': `
    select id::text, status from privacy_exports where status in ('queued', 'running')
    union all select id::text, status from project_imports where status in ('queued', 'running')
    union all select id::text, status from imports where status in ('executing', 'undoing')`,
  'records without their event': [
    withoutEvent('raid_items', 'title', 'raid_item.created'),
    withoutEvent('tasks', 'title', 'task.created'),
    withoutEvent('gate_evidence', 'name', 'gate_evidence.created'),
    withoutEvent('task_attachments', 'name', 'task_attachment.created'),
    withoutEvent('imports', 'file_name', 'import.completed', "and r.status = 'imported'"),
    withoutEvent('gate_reviews', 'note', 'gate_review.submitted'),
    withoutEvent('gate_decisions', 'rationale', 'gate_decision.recorded'),
  ].join(' union all '),
  'gates whose rounds and decisions disagree': `
    select r.id from gate_reviews r where r.note like 'chaos-%' and (r.status = 'decided') <>
      exists (select from gate_decisions d where d.review_id = r.id)
    union all select r.id from gate_reviews r where r.note like 'chaos-%' and 6 <>
      (select count(*) from gate_pack_sections s where s.review_id = r.id)
    union all select g.id from gates g join projects p on p.id = g.project_id
      where p.code like 'CHAOS%' and (g.status in ('submitted', 'in_review')) <>
        exists (select from gate_reviews r where r.gate_id = g.id and r.status in ('submitted', 'in_review'))`,
  'packs and decisions that are not what was sealed': `
    select id from gate_reviews where pack_sha256 <> encode(sha256(convert_to(pack, 'UTF8')), 'hex')
    union all select id from gate_pack_sections where sha256 <> encode(sha256(convert_to(body, 'UTF8')), 'hex')
    union all select id from gate_decisions
      where record_sha256 <> encode(sha256(convert_to(record, 'UTF8')), 'hex')
    union all select d.id from gate_decisions d join gate_reviews r on r.id = d.review_id
      where d.record::jsonb->>'pack_sha256' <> r.pack_sha256`,
  'files that wait for the store': `
    select evidence_id from gate_evidence_bytes
    union all select attachment_id from task_attachment_bytes`,
  'files of imports kept too long': `
    select id from imports where status <> 'draft' and file is not null`,
  'events without their record': `
    select e.entity_id from audit.events e where e.action = 'raid_item.created' and not exists
      (select from raid_items r where r.organisation_id = e.organisation_id and r.id = e.entity_id)`,
  'events not sealed': 'select organisation_id from audit.unsealed()',
  'transactions and locks left open': `
    select pid, state from pg_stat_activity where state like 'idle in transaction%'
    union all select pid, locktype from pg_locks where locktype = 'advisory'`,
}

/**
 * Rows that chaos made in a table, recognised by a column that begins with its name, without exactly one such event.
 */
function withoutEvent(table, column, action, besides = '') {
  return `select r.id from ${table} r where r.${column} like 'chaos-%' ${besides} and 1 <>
    (select count(*) from audit.events e where e.organisation_id = r.organisation_id
      and e.entity_id = r.id and e.action = '${action}')`
}
