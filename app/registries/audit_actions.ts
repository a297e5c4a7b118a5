/** How one kind of event reads: `verb` in a sentence before its subject, `label` in a list of kinds. */
type AuditAction = {
  verb: string
  label: string
  /** Belongs to the organisation, never to one project. */
  organisation?: true
  /** Marks a turning point in a history. */
  strong?: true
}

const action = (
  verb: string,
  label: string,
  rest: Pick<AuditAction, 'organisation' | 'strong'> = {}
): AuditAction => ({ verb, label, ...rest })

const strong = { strong: true } as const
const organisation = { organisation: true } as const

/** Every action that the product writes. A test reports those missing here. */
export const auditActions: Record<string, AuditAction> = {
  'project.created': action('created', 'Project created', strong),
  'project.updated': action('changed', 'Project changed'),
  'project.work_handed_over': action('handed work over in', 'Work handed over', strong),
  'project.deleted': action('deleted', 'Project deleted', strong),
  'project.lifecycle_adopted': action('changed the lifecycle of', 'Lifecycle adopted', strong),
  'programme.created': action('began the programme', 'Programme begun', organisation),
  'programme.updated': action('changed the programme', 'Programme changed', organisation),
  'programme.deleted': action('deleted the programme', 'Programme deleted', organisation),
  'portfolio_view.created': action('saved', 'View saved', organisation),
  'portfolio_view.updated': action('changed', 'View changed', organisation),
  'portfolio_view.deleted': action('deleted', 'View deleted', organisation),
  'board_pack.created': action('asked for', 'Board pack asked for', organisation),
  'board_pack.updated': action('changed', 'Board pack changed', organisation),
  'board_pack.deleted': action('removed', 'Board pack removed', organisation),
  'board_pack.ready': action('finished', 'Board pack ready', organisation),
  'board_pack.failed': action('gave up on', 'Board pack failed', organisation),
  'board_pack.expired': action('removed the files of', 'Board pack expired', organisation),
  'board_pack.downloaded': action('downloaded', 'Board pack downloaded', organisation),
  'project_member.created': action('gave a role in', 'Project role given'),
  'project_member.updated': action('changed a role in', 'Project role changed'),
  'project_member.deleted': action('took a role in', 'Project role taken'),

  'raid_item.created': action('raised', 'RAID entry raised', strong),
  'raid_item.updated': action('changed', 'RAID entry changed'),
  'raid_item.deleted': action('deleted', 'RAID entry deleted', strong),
  'raid_item.status_changed': action('changed the status of', 'RAID status changed'),
  'raid_item.owner_changed': action('changed the owner of', 'RAID owner changed'),
  'raid_item.reviewed': action('reviewed', 'RAID entry reviewed'),
  'raid_item.realised': action('marked as realised', 'Risk realised as an issue', strong),
  'raid_item.accepted': action('accepted', 'Risk accepted', strong),
  'raid_item.proposed': action('asked this project to agree to', 'Dependency proposed', strong),
  'raid_item.answered': action('answered', 'Dependency answered', strong),
  'raid_item.changed_there': action('changed, in the other project,', 'Dependency changed there'),
  'raid_item.withdrawn': action('no longer depends on this project in', 'Dependency withdrawn'),
  'raid_item.linked': action('linked', 'RAID entry linked'),
  'raid_item.unlinked': action('unlinked', 'RAID link removed'),
  'project_request.created': action('sent', 'Project requested', strong),
  'project_request.updated': action('changed', 'Project request changed'),
  'project_request.deleted': action('deleted', 'Project request deleted'),
  'project_request.approved': action('began a project of', 'Project request approved', strong),
  'project_request.declined': action('declined', 'Project request declined', strong),
  'project_request.withdrawn': action('withdrew', 'Project request withdrawn'),
  'raid_escalation.created': action('escalated', 'RAID entry escalated', strong),
  'raid_escalation.updated': action('changed the escalation of', 'Escalation changed'),
  'raid_escalation.deleted': action('removed the escalation of', 'Escalation removed'),
  'raid_escalation.accepted': action('took on', 'Escalation taken on', strong),
  'raid_escalation.returned': action('returned to the project', 'Escalation returned', strong),
  'raid_escalation.taken_back': action(
    'withdrew the escalation of',
    'Escalation withdrawn',
    strong
  ),
  'comment.created': action('commented on', 'Comment added'),
  'comment.updated': action('changed a comment on', 'Comment changed'),
  'comment.deleted': action('deleted a comment on', 'Comment deleted'),

  'task.created': action('added', 'Task added', strong),
  'task.updated': action('changed', 'Task changed'),
  'task.deleted': action('deleted', 'Task deleted', strong),
  'task.predecessor_added': action('set what comes before', 'Task made to wait for another'),
  'task.predecessor_removed': action('took away what comes before', 'Task waits no longer'),
  'task_attachment.created': action('attached a file to', 'File attached'),
  'task_attachment.deleted': action('removed a file from', 'File removed'),
  'task_attachment.updated': action('changed a file of', 'File changed'),
  'checklist_item.created': action('added a step to', 'Checklist step added'),
  'checklist_item.updated': action('changed a step of', 'Checklist step changed'),
  'checklist_item.deleted': action('removed a step of', 'Checklist step removed'),
  'checklist_item.ticked': action('ticked a step of', 'Checklist step ticked'),
  'checklist_item.unticked': action('took the tick off a step of', 'Checklist step unticked'),
  'checklist_item.moved': action('moved a step of', 'Checklist step moved'),
  'task.status_changed': action('changed the status of', 'Task status changed'),
  'task_link.created': action('made a link to', 'Task link made'),
  'task_link.updated': action('changed the link to', 'Task link changed'),
  'task_link.deleted': action('removed the link to', 'Task link removed'),
  'task_link.sent': action('sent a link to', 'Task link sent'),
  'task_link.revoked': action('revoked the link to', 'Task link revoked'),

  'gate.created': action('planned', 'Gate planned'),
  'gate.updated': action('changed', 'Gate changed'),
  'gate.deleted': action('removed', 'Gate removed', strong),
  'gate.rescheduled': action('changed the dates of', 'Gate dates changed'),
  'gate.rebaselined': action('moved the baseline of', 'Gate baseline moved', strong),
  'gate_criterion.assessed': action('assessed a criterion of', 'Gate criterion assessed'),
  'gate_criterion.waiver_requested': action('asked to waive a criterion of', 'Waiver requested'),
  'gate_criterion.waiver_answered': action(
    'answered a request to waive a criterion of',
    'Waiver answered',
    strong
  ),
  'gate_criterion.waiver_withdrawn': action(
    'withdrew a request to waive a criterion of',
    'Waiver withdrawn'
  ),
  'gate_criterion.reopened': action('sent back a criterion of', 'Gate criterion sent back'),
  'gate_criterion.restored': action('restored a criterion of', 'Gate criterion restored'),
  'gate_criterion.created': action('added a criterion to', 'Gate criterion added'),
  'gate_criterion.updated': action('changed a criterion of', 'Gate criterion changed'),
  'gate_criterion.deleted': action('removed a criterion of', 'Gate criterion removed'),
  'gate_evidence.created': action('added evidence to', 'Evidence added'),
  'gate_evidence.removed': action('removed evidence of', 'Evidence removed'),
  'gate_evidence.updated': action('changed evidence of', 'Evidence changed'),
  'gate_evidence.deleted': action('deleted evidence of', 'Evidence deleted'),
  'gate_board.created': action('named who decides', 'Deciders named'),
  'gate_board.updated': action('changed who decides', 'Deciders changed', strong),
  'gate_board.deleted': action('removed the deciders of', 'Deciders removed'),
  'gate.prepared': action('started preparing', 'Gate in preparation'),
  'gate_review.created': action('submitted', 'Gate submitted', strong),
  'gate_review.updated': action('changed the review of', 'Review changed'),
  'gate_review.deleted': action('removed the review of', 'Review removed'),
  'gate_review.submitted': action('submitted', 'Gate submitted', strong),
  'gate_review.poll_opened': action('opened the confidence poll on', 'Confidence poll opened'),
  'gate_review.withdrawn': action('withdrew the submission of', 'Submission withdrawn', strong),
  'gate_pack.exported': action('exported the pack of', 'Gate pack exported'),
  'gate_poll_answer.created': action('gave their confidence in', 'Confidence given'),
  'gate_poll_answer.updated': action('changed their confidence in', 'Confidence changed'),
  'gate_poll_answer.deleted': action('removed their confidence in', 'Confidence removed'),
  'gate_poll_answer.given': action('gave their confidence in', 'Confidence given'),
  'gate_vote.created': action('voted on', 'Vote given'),
  'gate_vote.updated': action('changed their vote on', 'Vote changed'),
  'gate_vote.deleted': action('removed their vote on', 'Vote removed'),
  'gate_vote.cast': action('voted on', 'Vote given'),
  'gate_decision.created': action('decided', 'Gate decided', strong),
  'gate_decision.updated': action('changed the decision on', 'Decision changed'),
  'gate_decision.deleted': action('removed the decision on', 'Decision removed'),
  'gate_decision.recorded': action('decided', 'Gate decided', strong),
  'gate_decision.corrected': action('corrected the decision on', 'Decision corrected', strong),
  'gate_condition_proposal.created': action('proposed a condition for', 'Condition proposed'),
  'gate_condition_proposal.updated': action('changed a proposal for', 'Proposal changed'),
  'gate_condition_proposal.deleted': action('dropped a proposal for', 'Proposal dropped'),
  'status_report.created': action('started', 'Status report started'),
  'status_report.updated': action('changed', 'Status report changed'),
  'status_report.deleted': action('discarded', 'Status report draft discarded'),
  'status_report.submitted': action('submitted', 'Status report submitted'),
  'status_report.withdrawn': action('sent back', 'Status report sent back'),
  'status_report.published': action('published', 'Status report published', strong),
  'status_report.correction_begun': action('started to correct', 'Report correction started'),
  'report_schedule.created': action('set when reports are due in', 'Report schedule set'),
  'report_schedule.updated': action('changed when reports are due in', 'Report schedule changed'),
  'report_schedule.deleted': action('stopped the reports due in', 'Report schedule removed'),
  'report_schedule.moved_on': action('moved on to the next report of', 'Next report due'),
  'report_subscription.created': action('subscribed to the reports of', 'Report subscription made'),
  'report_subscription.updated': action('changed a subscription of', 'Report subscription changed'),
  'report_subscription.deleted': action('ended a subscription of', 'Report subscription ended'),
  'gate_condition.created': action('imposed', 'Condition imposed', strong),
  'gate_condition.updated': action('changed', 'Condition changed'),
  'gate_condition.deleted': action('removed', 'Condition removed'),
  'gate_condition.imposed': action('imposed', 'Condition imposed'),
  'gate_condition.claimed': action('claimed', 'Condition claimed'),
  'gate_condition.verified': action('verified', 'Condition verified', strong),
  'gate_condition.sent_back': action('sent back', 'Condition sent back'),
  'gate_condition.waived': action('waived', 'Condition waived', strong),
  'gate_condition.handed_over': action('gave to another owner', 'Condition handed over'),
  'gate_delegation.created': action('named a deputy in', 'Deputy named'),
  'gate_delegation.updated': action('changed a deputy in', 'Deputy changed'),
  'gate_delegation.deleted': action('removed a deputy in', 'Deputy removed'),
  'gate_delegation.revoked': action('ended a deputy’s time in', 'Deputy’s time ended'),
  'project_rating.created': action('rated', 'Rating declared', strong),
  'project_rating.updated': action('changed a rating of', 'Rating changed'),
  'project_rating.deleted': action('removed a rating of', 'Rating removed'),
  'project_rating.declared': action('rated', 'Rating declared', strong),
  'delivery_confidence.created': action(
    'gave the delivery confidence of',
    'Delivery confidence given',
    strong
  ),
  'delivery_confidence.updated': action(
    'changed the delivery confidence of',
    'Delivery confidence changed'
  ),
  'delivery_confidence.deleted': action(
    'removed the delivery confidence of',
    'Delivery confidence removed'
  ),
  'delivery_confidence.given': action(
    'gave the delivery confidence of',
    'Delivery confidence given',
    strong
  ),
  'stage.rescheduled': action('changed the dates of the stage', 'Stage dates changed'),
  'stage.created': action('added the stage', 'Stage added'),
  'stage.updated': action('changed the stage', 'Stage changed'),
  'stage.deleted': action('removed the stage', 'Stage removed'),

  'ai_interaction.created': action('asked the assistant in', 'Assistant asked'),
  'ai_interaction.updated': action('settled a question in', 'Question settled'),
  'ai_interaction.deleted': action('removed a question in', 'Question removed'),

  'ai_proposal.created': action('had proposed', 'Proposed by AI'),
  'ai_proposal.updated': action('changed a proposal in', 'Proposal changed'),
  'ai_proposal.deleted': action('removed a proposal in', 'Proposal removed'),
  'ai_proposal.accepted': action('accepted a proposal in', 'Proposal accepted'),
  'ai_proposal.edited': action('accepted, changed, a proposal in', 'Proposal changed and accepted'),
  'ai_proposal.dismissed': action('dismissed a proposal in', 'Proposal dismissed'),
  'ai_proposal.reopened': action('brought back a proposal in', 'Proposal brought back'),

  'export.taken': action('exported a list of', 'List exported'),

  'project.exported': action('exported the whole of', 'Project exported', strong),
  'project_import.created': action('started to import the project', 'Project import started'),
  'project_import.updated': action('changed the import of', 'Project import changed'),
  'project_import.deleted': action('removed the import of', 'Project import removed'),
  'project_import.uploaded': action('uploaded the archive of', 'Project archive uploaded'),
  'project_import.started': action('began to import', 'Project import started'),
  'project_import.completed': action('imported the project', 'Project imported', strong),
  'project_import.failed': action('gave up importing', 'Project import failed'),

  'import_mapping.created': action('kept', 'Mapping of imports kept', organisation),
  'import_mapping.updated': action('changed', 'Mapping of imports changed', organisation),
  'import_mapping.deleted': action('deleted', 'Mapping of imports deleted', organisation),
  'import.uploaded': action('uploaded', 'Import file uploaded'),
  'import.completed': action('imported', 'File imported', strong),
  'import.undone': action('undid the import of', 'Import undone', strong),
  'import.started': action('began to import', 'File import started'),
  'import.failed': action('could not import', 'File import failed'),
  'import.cancelled': action('cancelled the import of', 'File import cancelled'),
  'import.undo_started': action('began to undo the import of', 'Undoing of an import started'),
  'import.undo_failed': action('could not undo the import of', 'Undoing of an import failed'),
  'import.undo_cancelled': action(
    'cancelled the undoing of the import of',
    'Undoing of an import cancelled'
  ),
  'import.discarded': action('discarded the upload of', 'Import file discarded'),
  'import.created': action('started the import of', 'Import started'),
  'import.updated': action('adjusted the import of', 'Import adjusted'),
  'import.deleted': action('removed the import of', 'Import removed'),

  'organisation.created': action('founded', 'Organisation founded', organisation),
  'organisation.owner_invited': action('invited an owner to', 'First owner invited', organisation),
  'organisation.suspended': action('suspended', 'Organisation suspended', {
    ...organisation,
    ...strong,
  }),
  'organisation.resumed': action('resumed', 'Organisation resumed', { ...organisation, ...strong }),
  'organisation.limited': action('changed the limits of', 'Limits changed', organisation),
  'organisation.erasure_scheduled': action(
    'set the erasure of',
    'Erasure of the organisation set',
    {
      ...organisation,
      ...strong,
    }
  ),
  'organisation.erasure_called_off': action(
    'called off the erasure of',
    'Erasure of the organisation called off',
    { ...organisation, ...strong }
  ),
  'organisation.updated': action('changed', 'Organisation changed', organisation),
  'risk_category.created': action('added the risk category', 'Risk category added', organisation),
  'risk_category.updated': action(
    'changed the risk category',
    'Risk category changed',
    organisation
  ),
  'risk_category.deleted': action(
    'deleted the risk category',
    'Risk category deleted',
    organisation
  ),
  'risk_category.moved': action('moved the risk category', 'Risk category moved', organisation),
  'risk_category.retired': action(
    'retired the risk category',
    'Risk category retired',
    organisation
  ),
  'risk_category.reinstated': action(
    'offered again the risk category',
    'Risk category offered again',
    organisation
  ),
  'raid_scoring.created': action('set', 'RAID scoring set', organisation),
  'raid_scoring.updated': action('changed', 'RAID scoring changed', organisation),
  'raid_scoring.deleted': action('removed', 'RAID scoring removed', organisation),
  'retention_settings.created': action('set', 'Retention settings set', organisation),
  'retention_settings.updated': action('changed', 'Retention settings changed', organisation),
  'retention_settings.deleted': action('removed', 'Retention settings removed', organisation),
  'assistant_settings.created': action('set', 'Assistant settings set', organisation),
  'assistant_settings.updated': action('changed', 'Assistant settings changed', organisation),
  'assistant_settings.deleted': action('removed', 'Assistant settings removed', organisation),
  'gate_defaults.created': action('set', 'Gate defaults set', organisation),
  'gate_defaults.updated': action('changed', 'Gate defaults changed', organisation),
  'gate_defaults.deleted': action('removed', 'Gate defaults removed', organisation),
  'membership.created': action('added', 'Member added', organisation),
  'membership.updated': action('changed the membership of', 'Membership changed', organisation),
  'membership.deleted': action('removed', 'Member removed', organisation),
  'membership.role_changed': action('changed the role of', 'Role changed', organisation),
  'membership.deactivated': action('deactivated', 'Member deactivated', organisation),
  'membership.reactivated': action('reactivated', 'Member reactivated', organisation),
  'membership.left': action('left as', 'Member left', organisation),
  'membership.ownership_transferred': action(
    'handed ownership over to',
    'Ownership handed over',
    organisation
  ),
  'invitation.created': action('invited', 'Person invited', organisation),
  'invitation.updated': action('changed the invitation to', 'Invitation changed', organisation),
  'invitation.deleted': action('removed the invitation to', 'Invitation removed', organisation),
  'invitation.resent': action(
    'sent again the invitation to',
    'Invitation sent again',
    organisation
  ),
  'invitation.revoked': action('revoked the invitation to', 'Invitation revoked', organisation),
  'invitation.accepted': action('accepted the invitation of', 'Invitation accepted', organisation),
  'external_resource.created': action('added', 'External person added', organisation),
  'external_resource.updated': action('changed', 'External person changed', organisation),
  'external_resource.deleted': action('removed', 'External person removed', organisation),
  'membership.renamed': action('changed the name of', 'Name changed', organisation),
  'profile.updated': action('changed their profile', 'Profile changed', organisation),
  'audit_trail.verification_asked': action(
    'had the trail verified of',
    'Verification asked for',
    organisation
  ),
  'system_alert.created': action('wrote an alert', 'Alert written', organisation),
  'system_alert.ended': action('took an alert down', 'Alert taken down', organisation),
  'staff_access.opened': action('looked into the organisation', 'Platform admin looked in', {
    ...organisation,
    ...strong,
  }),
  'staff_access.read': action('read a page', 'Page read by a platform admin', organisation),
  'staff_access.ended': action('ended their access', 'Platform admin’s access ended', {
    ...organisation,
    ...strong,
  }),
  'job.retried': action('tried again', 'Job tried again', organisation),
  'job.dropped': action('dropped', 'Job dropped', organisation),
  'account.looked_up': action('looked up people', 'People looked up', organisation),
  'account.viewed': action('looked at', 'Account looked at', organisation),
  'account.signed_out': action('signed out everywhere', 'Signed out everywhere', organisation),
  'feedback.created': action('sent feedback', 'Feedback sent', organisation),
  'feedback.updated': action('changed feedback', 'Feedback changed', organisation),
  'feedback.deleted': action('deleted feedback', 'Feedback deleted', organisation),
  'feedback.status_changed': action(
    'changed the status of feedback',
    'Feedback status changed',
    organisation
  ),
  'feedback.answered': action('answered feedback', 'Feedback answered', organisation),
  'external_resource.archived': action('archived', 'External person archived', organisation),
  'external_resource.merged': action(
    'took over as a member from',
    'External person joined',
    organisation
  ),
  'external_resource.restored': action('restored', 'External person restored', organisation),
  'api_token.created': action('created', 'Token created', organisation),
  'api_token.updated': action('changed', 'Token changed', organisation),
  'api_token.deleted': action('removed', 'Token removed', organisation),
  'api_token.revoked': action('revoked', 'Token revoked', organisation),
  'webhook_endpoint.created': action('added', 'Webhook added', organisation),
  'webhook_endpoint.updated': action('changed', 'Webhook changed', organisation),
  'webhook_endpoint.deleted': action('removed', 'Webhook removed', organisation),
  'webhook_endpoint.secret_renewed': action(
    'renewed the secret of',
    'Webhook secret renewed',
    organisation
  ),
  'webhook_endpoint.paused': action('paused', 'Webhook paused', organisation),
  'webhook_endpoint.resumed': action('resumed', 'Webhook resumed', organisation),
  'webhook_endpoint.switched_off': action('switched off', 'Webhook switched off', organisation),
  'webhook_endpoint.tested': action('tested', 'Webhook tested', organisation),
  'webhook_endpoint.redelivered': action(
    'sent undelivered messages again to',
    'Webhook deliveries sent again',
    organisation
  ),
  'calendar_feed.created': action('created', 'Calendar address created', organisation),
  'calendar_feed.updated': action('changed', 'Calendar address changed', organisation),
  'calendar_feed.deleted': action('removed', 'Calendar address removed', organisation),
  'calendar_feed.renewed': action('renewed', 'Calendar address renewed', organisation),
  'calendar_feed.revoked': action('revoked', 'Calendar address revoked', organisation),
  'lifecycle.created': action('created', 'Lifecycle created', organisation),
  'lifecycle.updated': action('changed', 'Lifecycle changed', organisation),
  'lifecycle.deleted': action('discarded', 'Lifecycle draft discarded', organisation),
  'lifecycle.published': action('published', 'Lifecycle published', organisation),
  'lifecycle.superseded': action('put out of use', 'Lifecycle version superseded', organisation),
  'lifecycle.retired': action('retired', 'Lifecycle retired', organisation),
  'mail.retried': action('sent again', 'Email sent again', organisation),
  'mail_suppression.lifted': action(
    'lifted the suppression of',
    'Suppression lifted',
    organisation
  ),
  'session.started': action('signed in', 'Signed in', organisation),
  'session.ended': action('signed out', 'Signed out', organisation),

  'privacy_request.created': action('received', 'Privacy request received', organisation),
  'privacy_request.updated': action('changed', 'Privacy request changed', organisation),
  'privacy_request.deleted': action('removed', 'Privacy request removed', organisation),
  'privacy_request.status_changed': action(
    'changed the status of',
    'Privacy request status changed',
    organisation
  ),
  'privacy_request.fulfilled': action('fulfilled', 'Privacy request fulfilled', organisation),
  'privacy_request.refused': action('refused', 'Privacy request refused', organisation),
  'privacy_request.withdrawn': action('withdrew', 'Privacy request withdrawn', organisation),
  'privacy_request.acknowledged': action(
    'acknowledged',
    'Privacy request acknowledged',
    organisation
  ),
  'privacy_request.extended': action('extended', 'Privacy request extended', organisation),
  'privacy_request.recipient_noted': action(
    'noted a recipient of',
    'Recipient of data noted',
    organisation
  ),
  'privacy_request.redacted': action(
    'took a name out of',
    'Name taken out of privacy request',
    organisation
  ),
  'privacy_request.noted': action('noted something on', 'Privacy request noted on', organisation),
  'person_flag.created': action('set', 'Restriction or objection set', organisation),
  'person_flag.updated': action('changed', 'Restriction or objection changed', organisation),
  'person_flag.deleted': action('removed', 'Restriction or objection removed', organisation),
  'person_flag.lifted': action('lifted', 'Restriction or objection lifted', organisation),
  'privacy_export.created': action('asked for', 'Personal export asked for', organisation),
  'privacy_export.updated': action('changed', 'Personal export changed', organisation),
  'privacy_export.deleted': action('removed', 'Personal export removed', organisation),
  'privacy_export.ready': action('completed', 'Personal export completed', organisation),
  'privacy_export.failed': action('gave up', 'Personal export failed', organisation),
  'privacy_export.downloaded': action('downloaded', 'Personal export downloaded', organisation),
  'privacy_export.expired': action('let lapse', 'Personal export lapsed', organisation),
  'privacy_export.taken': action('took out', 'Personal data taken out by staff', organisation),
  'organisation.exported': action(
    'exported everything of',
    'Organisation exported by staff',
    organisation
  ),
  'erasure.created': action('began', 'Erasure begun', organisation),
  'erasure.updated': action('changed', 'Erasure changed', organisation),
  'erasure.deleted': action('removed', 'Erasure removed', organisation),
  'erasure.started': action('began', 'Erasure begun', organisation),
  'erasure.finished': action('finished', 'Erasure finished and proved', organisation),
  'erasure_find.created': action('found', 'Name found', organisation),
  'erasure_find.updated': action('changed', 'Found name changed', organisation),
  'erasure_find.deleted': action('removed', 'Found name removed', organisation),
  'erasure_find.redacted': action('removed a name from', 'Found name redacted', organisation),
  'erasure_find.kept': action('kept the name in', 'Found name kept', organisation),
  'erasure_find.reopened': action('found again', 'Name found again', organisation),
  'gate_pack.redacted': action('removed a person from the pack of', 'Gate pack redacted', strong),
  'consent_records.exported': action('exported', 'Consent records exported', organisation),

  'encryption.rotation_started': action(
    'began to seal anew under',
    'Change of key begun',
    organisation
  ),
  'encryption.rotated': action('re-encrypted under', 'Key changed', organisation),

  'audit_trail.viewed': action('opened the audit trail of', 'Audit trail opened'),
  'audit_trail.exported': action('exported the audit trail of', 'Audit trail exported'),
  'audit.redacted': action('erased values on request', 'Values erased on request', organisation),
  'audit.removed': action('destroyed', 'Destroyed with its audit trail', {
    ...organisation,
    ...strong,
  }),
}

/** Record types by what they are called. */
export const auditTypes: Record<string, string> = {
  project: 'Project',
  project_import: 'Project import',
  project_request: 'Project request',
  programme: 'Programme',
  portfolio_view: 'Saved view',
  board_pack: 'Board pack',
  project_member: 'Project role',
  raid_item: 'RAID entry',
  raid_escalation: 'Escalation',
  comment: 'Comment',
  task: 'Task',
  checklist_item: 'Checklist step',
  task_attachment: 'Attached file',
  stage: 'Stage',
  gate: 'Gate',
  gate_criterion: 'Gate criterion',
  gate_evidence: 'Evidence',
  gate_board: 'Deciders of a gate',
  gate_delegation: 'Deputy',
  gate_review: 'Review of a gate',
  gate_poll_answer: 'Confidence',
  gate_vote: 'Vote',
  gate_decision: 'Gate decision',
  gate_condition_proposal: 'Proposed condition',
  gate_condition: 'Condition',
  status_report: 'Status report',
  report_schedule: 'Report schedule',
  report_subscription: 'Report subscription',
  project_rating: 'Rating',
  delivery_confidence: 'Delivery confidence',
  lifecycle: 'Lifecycle',
  task_link: 'Task link',
  external_resource: 'External person',
  api_token: 'Token',
  webhook_endpoint: 'Webhook',
  calendar_feed: 'Calendar address',
  ai_interaction: 'Question to the assistant',
  ai_proposal: 'Proposal of the assistant',
  import: 'Import',
  import_mapping: 'Mapping of imports',
  organisation: 'Organisation',
  audit_verification: 'Verification of the trail',
  raid_scoring: 'RAID scoring',
  risk_category: 'Risk category',
  gate_defaults: 'Gate defaults',
  assistant_settings: 'Assistant settings',
  retention_settings: 'Retention settings',
  membership: 'Membership',
  invitation: 'Invitation',
  session: 'Session',
  account: 'Account',
  feedback: 'Feedback',
  mail: 'Email',
  job: 'Job',
  staff_access: 'Platform access',
  system_alert: 'Alert',
  platform: 'Platform',
  mail_suppression: 'Suppressed address',
  privacy_request: 'Privacy request',
  person_flag: 'Restriction or objection',
  consent_records: 'Consent records',
  privacy_export: 'Personal export',
  erasure: 'Erasure',
  erasure_find: 'Found name',
  key_ring: 'Keys of encryption',
}

/** Records of which an organisation has only one: the event's type alone names them. */
export const auditSettings: Record<string, string> = {
  raid_scoring: 'the RAID scoring',
  gate_defaults: 'the gate defaults',
  assistant_settings: 'the assistant settings',
  retention_settings: 'the retention settings',
}

const ORGANISATION_TYPES = [
  'organisation',
  'programme',
  'portfolio_view',
  'import_mapping',
  'board_pack',
  'raid_scoring',
  'risk_category',
  'gate_defaults',
  'assistant_settings',
  'retention_settings',
  'membership',
  'invitation',
  'external_resource',
  'api_token',
  'webhook_endpoint',
  'calendar_feed',
  'lifecycle',
  'session',
  'account',
  'feedback',
  'mail',
  'job',
  'staff_access',
  'system_alert',
  'platform',
  'mail_suppression',
  'privacy_request',
  'person_flag',
  'consent_records',
  'privacy_export',
  'erasure',
  'erasure_find',
  'key_ring',
]

/** The action's entry; an unknown one, as after a downgrade, is derived from its name. */
export function auditAction(name: string): AuditAction {
  const known = auditActions[name] ?? erasing(name)
  if (known) return known
  const words = name.replaceAll(/[._]/g, ' ')
  return { verb: `did “${words}” to`, label: words[0].toUpperCase() + words.slice(1) }
}

/** What an erasure does to a record of any type. */
function erasing(name: string): AuditAction | undefined {
  const [type, verb] = name.split('.')
  const label = auditTypes[type]
  if (!label) return undefined
  if (verb === 'erased') return action('erased a person’s part of', `${label}: person erased`)
  if (verb === 'redacted') return action('removed a person from', `${label}: person removed`)
  return undefined
}

/** The kinds of event as choices; a project's page leaves out those of the organisation. */
export function actionOptions(ofProject: boolean) {
  return Object.entries(auditActions)
    .filter(([, entry]) => !ofProject || !entry.organisation)
    .filter(([value]) => alike(value)[0] === value)
    .map(([value, { label }]) => ({ value, label }))
}

/** The actions with the same label as this one, so that choosing one of them finds them all. */
export function alike(name: string) {
  const label = auditActions[name]?.label
  if (!label) return [name]
  return Object.keys(auditActions).filter((other) => auditActions[other].label === label)
}

/** The record types as choices. */
export function typeOptions(ofProject: boolean) {
  return Object.entries(auditTypes)
    .filter(([value]) => !ofProject || !ORGANISATION_TYPES.includes(value))
    .map(([value, label]) => ({ value, label }))
}
