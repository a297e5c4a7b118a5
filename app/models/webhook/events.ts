/** Sent to an endpoint to test that it receives, whatever else it subscribes to. */
export const TEST_EVENT = 'webhook_endpoint.tested'

/** The events that an endpoint can subscribe to, in the words of the form. A subset of the audit trail's actions. */
export const webhookEvents = {
  'project.created': 'A project was created',
  'project.updated': 'A project changed',
  'raid_item.created': 'A RAID entry was raised',
  'raid_item.updated': 'A RAID entry changed',
  'raid_item.reviewed': 'A RAID entry was reviewed with others',
  'raid_item.status_changed': 'The status of a RAID entry changed',
  'raid_item.deleted': 'A RAID entry was removed, for example when an import was undone',
  'raid_item.answered': 'A project answered a dependency',
  'raid_item.realised': 'A risk was realised',
  'raid_item.accepted': 'A risk was accepted',
  'raid_escalation.created': 'A RAID entry was escalated',
  'raid_escalation.accepted': 'An escalated entry was taken on',
  'raid_escalation.returned': 'An escalated entry was returned to its project',
  'raid_escalation.taken_back': 'An escalation was withdrawn',
  'task.created': 'A task was added',
  'task.updated': 'A task changed',
  'task.status_changed': 'The status of a task changed',
  'task.deleted': 'A task was removed, for example when an import was undone',
  'task.predecessor_added': 'A task was made to wait for another',
  'task.predecessor_removed': 'A task no longer waits for another',
  'task_attachment.created': 'A file was attached to a task',
  'task_attachment.deleted': 'A file was removed from a task',
  'gate.rescheduled': 'A gate was given a new date',
  'gate.rebaselined': 'A gate was given a new baseline',
  'gate_evidence.created': 'Evidence was added to a gate',
  'gate_evidence.removed': 'Evidence was removed from a gate',
  'gate_review.submitted': 'A gate was submitted',
  'gate_review.withdrawn': 'The submission of a gate was withdrawn',
  'gate_decision.recorded': 'A gate was decided',
  'gate_decision.corrected': 'The decision on a gate was corrected',
  'gate_condition.imposed': 'A condition was imposed',
  'gate_condition.claimed': 'A condition was claimed to be met',
  'gate_condition.verified': 'A condition was verified',
  'gate_condition.waived': 'A condition was waived',
  'gate_condition.sent_back': 'A condition was sent back',
  'gate_condition.handed_over': 'A condition was given a new owner',
  'status_report.submitted': 'A status report was submitted',
  'status_report.published': 'A status report was published',
} as const

export type WebhookEvent = keyof typeof webhookEvents

export const webhookEventNames = Object.keys(webhookEvents) as WebhookEvent[]
