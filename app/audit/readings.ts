/** Events of someone who looked or took a copy. They change nothing, so they are no part of a record's history. */
export const readings = [
  'account.viewed',
  'audit_trail.exported',
  'audit_trail.viewed',
  'consent_records.exported',
  'export.taken',
  'gate_pack.exported',
  'organisation.exported',
  'project.exported',
]
