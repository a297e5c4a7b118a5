/** What a column is compared with to tell whose row it is. */
export type PersonKey =
  | 'user'
  | 'membership'
  | 'external'
  | 'address'
  | 'addressHash'
  | 'addressProved'
  | 'addressTyped'
  | 'limit'

/**
 * How the rows of a table belong to a person, by columns as `name` (of a membership) or `name:key`. own: that person's
 * own record. written: what they provided. about: rows that mention them. named: other people's rows that name them, of
 * which texts, names and addresses are not theirs to take.
 */
export type Links = {
  own?: string
  written?: string
  about?: string
  named?: string
  /** Rows that depend on another table's, by the column that refers to it; only on `written` ones if stated. */
  parent?: { column: string; table: string; only?: 'written' }
  /** Rows that this person changed according to the audit trail, under its name for them. */
  acted?: string
}

/** Every table with personal columns. A test compares it with the inventory and the database's references. */
export const personalDataLinks: Record<string, Links> = {
  'public.users': { own: 'id:user', written: 'id:user' },
  'public.memberships': { about: 'user_id:user id' },
  'public.invitations': { own: 'email:address membership_id', named: 'invited_by' },
  'public.sessions': { about: 'user_id:user' },
  'public.projects': { written: 'created_by', about: 'sponsor_id manager_id' },
  'public.project_requests': { written: 'requested_by answered_by', about: 'sponsor_id' },
  'public.programmes': { written: 'created_by', about: 'manager_id' },
  'public.board_packs': { written: 'membership_id' },
  'public.portfolio_views': { written: 'owner_id' },
  'public.lifecycle_templates': { written: 'created_by' },
  'public.gates': { acted: 'gate' },
  'public.gate_criteria': {
    written: 'assessed_by waiver_requested_by waiver_answered_by',
    about: 'owner_id',
  },
  'public.gate_evidence': { written: 'added_by', about: 'removed_by' },
  'public.gate_evidence_bytes': {
    parent: { column: 'evidence_id', table: 'public.gate_evidence', only: 'written' },
  },
  'public.gate_deciders': { about: 'membership_id' },
  'public.gate_delegations': { about: 'decider_id deputy_id' },
  'public.gate_reviews': { written: 'submitted_by withdrawn_by', about: 'manager_id' },
  'public.gate_pack_sections': {
    parent: { column: 'review_id', table: 'public.gate_reviews', only: 'written' },
  },
  'public.gate_poll_answers': { written: 'cast_by', about: 'decider_id' },
  'public.gate_votes': { written: 'cast_by', about: 'decider_id' },
  'public.gate_decisions': { written: 'decided_by', about: 'chair_id' },
  'public.gate_condition_proposals': { written: 'proposed_by', about: 'owner_id' },
  'public.gate_conditions': { written: 'claimed_by answered_by', about: 'owner_id' },
  'public.project_members': { about: 'membership_id' },
  'public.imports': { written: 'created_by' },
  'public.import_mappings': { written: 'created_by' },
  'public.import_rows': {
    parent: { column: 'import_id', table: 'public.imports', only: 'written' },
  },
  'public.project_imports': { written: 'created_by' },
  'public.raid_items': {
    written: 'created_by home_answered_by counterpart_answered_by',
    about: 'owner_id actionee_id actionee_external_id:external accepted_by decider_id',
    named: 'counterpart_member_id counterpart_external_id:external',
  },
  'public.raid_escalations': { written: 'raised_by answered_by', about: 'asked_of_id' },
  'public.raid_readers': { about: 'membership_id' },
  'public.comments': { written: 'author_id author_external_id:external' },
  'public.external_resources': {
    own: 'id:external membership_id email:address',
    written: 'created_by',
  },
  'public.tasks': { written: 'created_by', about: 'assignee_id external_resource_id:external' },
  'public.checklist_items': { parent: { column: 'task_id', table: 'public.tasks' } },
  'public.task_attachments': { written: 'added_by added_by_external_id:external' },
  'public.task_attachment_bytes': {
    parent: { column: 'attachment_id', table: 'public.task_attachments', only: 'written' },
  },
  'public.task_links': { about: 'external_resource_id:external sent_by' },
  'public.api_tokens': { about: 'membership_id', written: 'created_by' },
  'public.api_token_uses': { parent: { column: 'token_id', table: 'public.api_tokens' } },
  'public.api_replies': { parent: { column: 'token_id', table: 'public.api_tokens' } },
  'public.sent_forms': { about: 'user_id:user' },
  'public.webhook_endpoints': { written: 'created_by' },
  'public.calendar_feeds': { about: 'membership_id' },
  'public.email_outbox': { own: 'email:address membership_id' },
  'public.mail_events': { parent: { column: 'mail_id', table: 'public.email_outbox' } },
  'public.rate_limits': { about: 'key:limit' },
  'public.mail_suppressions': { about: 'address_hash:addressHash' },
  'public.feedback': { written: 'user_id:user' },
  'public.feedback_replies': { parent: { column: 'feedback_id', table: 'public.feedback' } },
  'public.consent_records': { written: 'user_id:user' },
  'public.privacy_requests': {
    own: 'user_id:user contact_hash:addressProved',
    named: 'handler_id:user contact_hash:addressTyped',
  },
  'public.privacy_request_entries': {
    parent: { column: 'request_id', table: 'public.privacy_requests' },
    named: 'author_id:user',
  },
  'public.privacy_request_recipients': {
    parent: { column: 'request_id', table: 'public.privacy_requests' },
  },
  'public.privacy_codes': { parent: { column: 'request_id', table: 'public.privacy_requests' } },
  'public.erasures': { about: 'user_id:user', named: 'started_by:user' },
  'public.erasure_steps': { parent: { column: 'erasure_id', table: 'public.erasures' } },
  'public.erasure_finds': {
    parent: { column: 'erasure_id', table: 'public.erasures' },
    named: 'decided_by:user',
  },
  'public.privacy_exports': { about: 'user_id:user' },
  'public.person_flags': { about: 'user_id:user' },
  'public.staff_accesses': { written: 'user_id:user' },
  'public.policy_notices': { about: 'user_id:user' },
  'public.notifications': { about: 'membership_id' },
  'public.notification_preferences': { written: 'membership_id' },
  'public.status_reports': {
    written: 'author_id submitted_by published_by',
    about: 'returned_by',
  },
  'public.status_report_ratings': {
    parent: { column: 'report_id', table: 'public.status_reports', only: 'written' },
  },
  'public.status_report_decisions': {
    about: 'owner_id',
    parent: { column: 'report_id', table: 'public.status_reports', only: 'written' },
  },
  'public.status_report_publications': {
    parent: { column: 'report_id', table: 'public.status_reports', only: 'written' },
  },
  'public.report_subscriptions': { written: 'membership_id' },
  'public.project_ratings': { written: 'declared_by' },
  'public.delivery_confidences': { written: 'given_by' },
  'public.ai_invocations': { about: 'membership_id' },
  'public.ai_interactions': { written: 'membership_id' },
  'public.ai_proposals': { written: 'membership_id' },
  'audit.events': { about: 'actor_ref' },
  'audit.event_values': { about: 'subject_ref' },
}
