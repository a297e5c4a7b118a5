/** The subjects of events and records, in the order of the product: lists are grouped by these. */
export const auditAreas: Record<string, string[]> = {
  'Projects and portfolio': [
    'project',
    'project_member',
    'project_import',
    'project_request',
    'programme',
    'portfolio_view',
    'board_pack',
    'stage',
    'lifecycle',
  ],
  'RAID log': ['raid_item', 'raid_escalation', 'comment'],
  'Tasks': ['task', 'checklist_item', 'task_attachment', 'task_link'],
  'Gates': [
    'gate',
    'gate_criterion',
    'gate_evidence',
    'gate_board',
    'gate_delegation',
    'gate_review',
    'gate_pack',
    'gate_poll_answer',
    'gate_vote',
    'gate_decision',
    'gate_condition_proposal',
    'gate_condition',
  ],
  'Reports and health': [
    'status_report',
    'report_schedule',
    'report_subscription',
    'project_rating',
    'delivery_confidence',
  ],
  'Assistant': ['ai_interaction', 'ai_proposal'],
  'Imports and exports': ['import', 'import_mapping', 'export'],
  'People and access': [
    'membership',
    'invitation',
    'external_resource',
    'session',
    'account',
    'profile',
    'api_token',
    'calendar_feed',
  ],
  'Organisation and settings': [
    'organisation',
    'raid_scoring',
    'risk_category',
    'gate_defaults',
    'assistant_settings',
    'retention_settings',
    'webhook_endpoint',
    'audit_trail',
    'audit_verification',
    'feedback',
    'mail',
    'mail_suppression',
  ],
  'Privacy': [
    'privacy_request',
    'person_flag',
    'consent_records',
    'privacy_export',
    'erasure',
    'erasure_find',
    'audit',
  ],
  'Platform': ['staff_access', 'system_alert', 'job', 'platform', 'key_ring', 'encryption'],
}

type Option = { value: string; label: string }

/** Choices of events, or of records, by subject; empty groups are left out. */
export function byArea(options: Option[]) {
  const typeOf = ({ value }: Option) => value.split('.')[0]
  return Object.entries(auditAreas)
    .map(([label, types]) => ({
      label,
      options: options.filter((option) => types.includes(typeOf(option))),
    }))
    .filter((group) => group.options.length > 0)
}
