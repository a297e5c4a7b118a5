import type { TableNotation } from '#registries/personal_data'

const governance = {
  subject: 'people named in or working on a project',
  activity: 'governance',
  purpose: 'governing projects: who is responsible, what was decided and why',
  retention: 'project',
} as const

const settings = {
  subject: null,
  activity: 'governance',
  retention: 'organisation',
} as const

const lifecycles = {
  subject: 'people who write an organisation’s lifecycles',
  activity: 'governance',
  purpose: 'governing projects alike: the stages, gates and criteria that they copy',
  retention: 'organisation',
} as const

const trail = {
  subject: 'people whose actions are recorded',
  activity: 'audit',
  purpose: 'an audit trail that shows who changed what, and that nobody changed it afterwards',
  retention: 'trail',
} as const

const machinery = {
  subject: null,
  activity: 'security',
  purpose: 'keeping the database in order',
  retention: 'machinery',
} as const

/** Every table of the database. A test compares it with the database itself. */
export const inventory: Record<string, TableNotation> = {
  'public.users': {
    subject: 'account holders',
    activity: 'accounts',
    purpose: 'signing people in and showing who they are to their colleagues',
    retention: 'account',
    columns: {
      pseudonym: 'id',
      identity: 'subject name',
      contact: 'email',
      technical: 'time_zone theme created_at updated_at last_signed_in_at erasing_at',
      none: 'platform_role lock_version',
    },
    except: { subject: { export: false }, platform_role: { ai: 'never' } },
  },
  'public.organisations': {
    subject: null,
    activity: 'accounts',
    purpose: 'telling customers apart',
    retention: 'organisation',
    columns: {
      none: `id name time_zone suspended_at suspension_reason erase_at max_members max_projects
        max_storage_mb lock_version created_at updated_at`,
    },
  },
  'public.risk_categories': {
    ...settings,
    purpose: 'saying what a risk is about in the words of the organisation',
    columns: {
      none: 'organisation_id id key name position retired_at lock_version created_at updated_at',
    },
  },
  'public.raid_scoring': {
    ...settings,
    purpose: 'scoring risks and issues the way the organisation does',
    columns: {
      none: `organisation_id id medium_from high_from severe_from appetite likelihood_labels impact_labels
        likelihood_meanings impact_meanings lock_version created_at updated_at`,
    },
  },
  'public.assistant_settings': {
    ...settings,
    purpose: 'knowing whether the assistant may be asked, and what it may cost',
    columns: {
      none: `organisation_id id is_enabled currency monthly_budget personal_budget lock_version created_at
        updated_at`,
    },
  },
  'public.retention_settings': {
    ...settings,
    purpose: 'keeping data no longer than the organisation chose',
    columns: {
      none: `organisation_id id closed_project_months notification_days mail_days assistant_days lock_version created_at
        updated_at`,
    },
  },
  'public.gate_defaults': {
    ...settings,
    purpose: 'deciding at gates the way the organisation does',
    columns: {
      none: `organisation_id id decision_rule quorum reminder_days poll_enabled manager_publishes lock_version
        created_at updated_at`,
    },
  },
  'public.memberships': {
    subject: 'members of an organisation',
    activity: 'accounts',
    purpose: 'deciding what a person may see and do',
    retention: 'membership',
    columns: {
      pseudonym: 'id user_id',
      technical: 'role status setup_dismissed_at created_at updated_at',
      none: 'organisation_id',
    },
  },
  'public.invitations': {
    subject: 'people invited to an organisation',
    activity: 'accounts',
    purpose: 'letting the invited person, and nobody else, join',
    retention: 'invitation',
    columns: {
      pseudonym: 'invited_by membership_id',
      contact: 'email',
      technical: 'digest expires_at deliveries created_at updated_at',
      none: 'organisation_id id role status',
    },
    except: { digest: { export: false, ai: 'never' } },
  },
  'public.invitation_roles': {
    subject: null,
    activity: 'accounts',
    purpose: 'giving the invited person their roles in projects',
    retention: 'organisation',
    columns: { none: 'organisation_id id invitation_id project_id role created_at updated_at' },
  },
  'public.sessions': {
    subject: 'signed-in people and visitors',
    activity: 'accounts',
    purpose: 'keeping people signed in and forms safe',
    retention: 'session',
    sealed: 'data',
    columns: {
      pseudonym: 'user_id audit_id',
      technical: 'id data client issued_at used_at expires_at',
    },
    except: {
      user_id: { erase: 'delete', ai: 'never' },
      audit_id: { erase: 'delete', ai: 'never' },
      client: { erase: 'delete' },
      id: { erase: 'delete', export: false },
      data: { erase: 'delete', export: false },
      issued_at: { erase: 'delete' },
      used_at: { erase: 'delete' },
      expires_at: { erase: 'delete' },
    },
  },
  'public.projects': {
    ...governance,
    columns: {
      pseudonym: 'sponsor_id manager_id created_by',
      content: 'name description words',
      none: `organisation_id id code status visibility stage_id programme_id is_assistant_enabled is_sample baseline_start_on
        baseline_end_on forecast_start_on forecast_end_on lock_version created_at updated_at`,
    },
    except: { words: { erase: 'keep', export: false, ai: 'never' } },
  },
  'public.project_requests': {
    ...governance,
    retention: 'organisation',
    columns: {
      pseudonym: 'sponsor_id requested_by answered_by',
      content: 'title purpose benefits budget answer',
      none: `organisation_id id wanted_by state answered_on project_id lock_version created_at
        updated_at`,
    },
  },
  'public.programmes': {
    ...governance,
    retention: 'organisation',
    columns: {
      pseudonym: 'manager_id created_by',
      content: 'name description',
      none: 'organisation_id id code lock_version created_at updated_at',
    },
  },
  'public.portfolio_views': {
    ...governance,
    subject: 'members who keep views of lists',
    purpose: 'opening a list again as somebody looked at it',
    retention: 'organisation',
    columns: {
      pseudonym: 'owner_id',
      content: 'name query',
      none: 'organisation_id id list visibility is_default lock_version created_at updated_at',
    },
  },
  'public.board_packs': {
    ...governance,
    subject: 'members who had a board pack made',
    purpose: 'handing a member the portfolio as files, for a week and to nobody else',
    retention: 'pack',
    columns: {
      pseudonym: 'membership_id',
      content: 'query',
      technical: `status attempts parts_done parts progressed_at content_at is_stored expires_at created_at
        updated_at`,
      none: 'organisation_id id project_ids shown_ids',
    },
  },
  'public.stages': {
    ...governance,
    columns: {
      none: `organisation_id id project_id position name baseline_start_on baseline_end_on
        forecast_start_on forecast_end_on actual_start_on actual_end_on lock_version created_at
        updated_at`,
    },
  },
  'public.lifecycle_templates': {
    ...lifecycles,
    columns: {
      pseudonym: 'created_by',
      none: `organisation_id id origin_id version name description status published_at retired_at
        lock_version created_at updated_at`,
    },
  },
  'public.lifecycle_template_stages': {
    ...lifecycles,
    columns: {
      none: 'organisation_id id template_id position name lock_version created_at updated_at',
    },
  },
  'public.lifecycle_template_gates': {
    ...lifecycles,
    columns: {
      none: `organisation_id id template_id stage_id name purpose lock_version created_at
        updated_at`,
    },
  },
  'public.lifecycle_template_criteria': {
    ...lifecycles,
    columns: {
      none: `organisation_id id template_id gate_id position title guidance weight check_kind rule
        evidence_required lock_version created_at updated_at`,
    },
  },
  'public.gates': {
    ...governance,
    columns: {
      content: 'baseline_reason',
      none: `organisation_id id project_id number stage_id template_id position name purpose status
        first_baseline_on baseline_on forecast_on actual_on words lock_version created_at updated_at`,
    },
  },
  'public.gate_criteria': {
    ...governance,
    columns: {
      pseudonym: 'owner_id assessed_by waiver_requested_by waiver_answered_by',
      content: 'note waiver_reason waiver_answer',
      none: `organisation_id id project_id gate_id position title guidance weight check_kind rule
        evidence_required assessment assessed_at waiver_state waiver_as waiver_requested_at
        waiver_answered_at lock_version created_at updated_at`,
    },
  },
  'public.gate_evidence': {
    ...governance,
    purpose: 'showing what a decision at a gate rested on',
    columns: {
      pseudonym: 'added_by removed_by',
      content: 'name url',
      none: `organisation_id id project_id criterion_id kind file_key size media_type sha256
        raid_item_id record_ref removed_at erased_at created_at updated_at`,
    },
    except: { file_key: { export: false, ai: 'never' } },
  },
  'public.gate_boards': {
    ...governance,
    columns: {
      none: `organisation_id id project_id gate_id decision_rule quorum is_polled lock_version created_at
        updated_at`,
    },
  },
  'public.gate_deciders': {
    ...governance,
    columns: {
      pseudonym: 'membership_id',
      none: 'organisation_id id project_id gate_id role required created_at updated_at',
    },
  },
  'public.gate_delegations': {
    ...governance,
    columns: {
      pseudonym: 'decider_id deputy_id',
      none: 'organisation_id id project_id from_on to_on revoked_at created_at updated_at',
    },
  },
  'public.gate_reviews': {
    ...governance,
    columns: {
      pseudonym: 'submitted_by manager_id withdrawn_by',
      content: 'note pack withdrawal_reason',
      none: `organisation_id id project_id gate_id round status submitted_at decide_by decision_rule quorum
        is_polled pack_sha256 poll_opened_at withdrawn_at lock_version created_at updated_at`,
    },
  },
  'public.gate_pack_sections': {
    ...governance,
    columns: {
      content: 'body',
      none: 'organisation_id id review_id name sha256 created_at updated_at',
    },
  },
  'public.gate_poll_answers': {
    ...governance,
    columns: {
      pseudonym: 'decider_id cast_by',
      content: 'score',
      none: 'organisation_id id project_id review_id given_at created_at updated_at',
    },
    except: { score: { erase: 'keep', ai: 'never' } },
  },
  'public.gate_votes': {
    ...governance,
    columns: {
      pseudonym: 'decider_id cast_by',
      content: 'comment',
      none: 'organisation_id id project_id review_id role vote cast_at created_at updated_at',
    },
  },
  'public.gate_decisions': {
    ...governance,
    columns: {
      pseudonym: 'chair_id decided_by',
      content: 'rationale correction_reason record',
      none: `organisation_id id project_id gate_id review_id outcome revisit_on decided_at supersedes_id
        record_sha256 created_at updated_at`,
    },
  },
  'public.gate_rework_criteria': {
    ...governance,
    columns: {
      none: 'organisation_id id project_id decision_id criterion_id created_at updated_at',
    },
  },
  'public.gate_condition_proposals': {
    ...governance,
    columns: {
      pseudonym: 'owner_id proposed_by',
      content: 'text',
      none: 'organisation_id id project_id review_id kind due_on created_at updated_at',
    },
  },
  'public.gate_conditions': {
    ...governance,
    columns: {
      pseudonym: 'owner_id claimed_by answered_by',
      content: 'text claim answer',
      none: `organisation_id id project_id gate_id decision_id number kind due_on state claimed_on
        answered_on lock_version created_at updated_at`,
    },
  },
  'public.status_reports': {
    ...governance,
    columns: {
      pseudonym: 'author_id submitted_by returned_by published_by',
      content: 'summary achieved planned budget return_reason correction_reason words',
      none: `organisation_id id project_id number version corrects_id state period_start_on
        period_end_on submitted_at returned_at published_at lock_version created_at updated_at`,
    },
    except: { words: { erase: 'keep', export: false, ai: 'never' } },
  },
  'public.status_report_ratings': {
    ...governance,
    columns: {
      content: 'reason path_to_green difference_reason',
      none: 'organisation_id id report_id dimension rating created_at updated_at',
    },
  },
  'public.status_report_decisions': {
    ...governance,
    columns: {
      pseudonym: 'owner_id',
      content: 'what',
      none: 'organisation_id id report_id position due_on created_at updated_at',
    },
  },
  'public.status_report_publications': {
    ...governance,
    columns: {
      content: 'body',
      none: 'organisation_id id report_id sha256 created_at updated_at',
    },
  },
  'public.report_schedules': {
    ...governance,
    purpose: 'reminding project managers of the reports that are due',
    columns: {
      none: `organisation_id id project_id cadence first_due_on next_due_on lock_version created_at
        updated_at`,
    },
  },
  'public.report_subscriptions': {
    ...governance,
    subject: 'members who subscribed to a project’s reports',
    purpose: 'sending published reports to whoever subscribed',
    columns: {
      pseudonym: 'membership_id',
      none: 'organisation_id id project_id created_at updated_at',
    },
  },
  'public.project_ratings': {
    ...governance,
    columns: {
      pseudonym: 'declared_by',
      content: 'reason path_to_green difference_reason',
      none: `organisation_id id project_id dimension rating computed_rating declared_at report_id created_at
        updated_at`,
    },
  },
  'public.delivery_confidences': {
    ...governance,
    columns: {
      pseudonym: 'given_by',
      content: 'rationale',
      none: 'organisation_id id project_id gate_id rating given_at created_at updated_at',
    },
  },
  'public.gate_evidence_bytes': {
    ...governance,
    purpose: 'keeping an attached file until it is in the store of files',
    columns: { content: 'bytes', none: 'organisation_id id evidence_id created_at' },
    except: { bytes: { erase: 'delete', ai: 'never' } },
  },
  'public.project_members': {
    ...governance,
    columns: {
      pseudonym: 'membership_id',
      none: 'organisation_id id project_id role created_at updated_at',
    },
  },
  'public.ref_counters': {
    ...governance,
    columns: { none: 'organisation_id project_id kind last_number' },
  },
  'public.imports': {
    ...governance,
    purpose: 'bringing in an existing log, and taking it back out if it was the wrong one',
    columns: {
      pseudonym: 'created_by',
      content: 'file_name file choices summary',
      none: `organisation_id id project_id status imported_at undone_at handed_over attempts parts_done parts problem
        created_at updated_at`,
    },
    except: { file: { erase: 'delete', ai: 'never' } },
  },
  'public.import_mappings': {
    ...governance,
    subject: 'members who keep how a kind of file is read',
    purpose: 'reading the next file of a kind as the last one was read',
    retention: 'organisation',
    columns: {
      pseudonym: 'created_by',
      content: 'name columns',
      none: 'organisation_id id shape type lock_version created_at updated_at',
    },
  },
  'public.import_rows': {
    ...governance,
    purpose: 'finding again what an earlier file brought, and taking an import back',
    columns: {
      content: 'key',
      none: `organisation_id id project_id import_id raid_item_id task_id outcome shape lock_version
        created_at updated_at`,
    },
  },
  'public.project_imports': {
    ...governance,
    purpose: 'bringing in a project that was exported elsewhere, and what was decided there',
    columns: {
      pseudonym: 'created_by',
      content: 'file_name file origin problem outcome history',
      none: `organisation_id id code sha256 status attempts parts_done parts project_id created_at
        updated_at`,
    },
    except: { file: { erase: 'delete', ai: 'never' } },
  },
  'public.raid_items': {
    ...governance,
    columns: {
      pseudonym: `owner_id actionee_id actionee_external_id counterpart_external_id counterpart_member_id
        accepted_by decider_id created_by home_answered_by counterpart_answered_by`,
      identity: 'owner_label actionee_label decider_label',
      content: `title description cause event effect response_plan validation_method priority_reason
        resolution counterpart_name options rationale words home_reason counterpart_reason`,
      none: `organisation_id id project_id type number status raised_on due_on next_review_on closed_on
        escalation sensitivity nature category inherent_likelihood inherent_impact current_likelihood
        current_impact target_likelihood target_impact proximity trigger_on response accepted_on
        impact_if_false confidence drafted_for issue_kind severity urgency priority_override direction
        counterpart_kind counterpart_project_id promised_on decided_on rating import_id lock_version
        home_answer home_proposed_on home_answered_on counterpart_answer counterpart_proposed_on
        counterpart_answered_on awaited_side created_at updated_at`,
    },
    except: { words: { erase: 'keep', export: false, ai: 'never' } },
  },
  'public.raid_escalations': {
    ...governance,
    columns: {
      pseudonym: 'asked_of_id raised_by answered_by',
      content: 'reason ask answer',
      none: `organisation_id id raid_item_id level state raised_on answered_on lock_version created_at
        updated_at`,
    },
  },
  'public.raid_readers': {
    ...governance,
    columns: {
      pseudonym: 'membership_id',
      none: 'organisation_id id raid_item_id created_at updated_at',
    },
  },
  'public.raid_links': {
    ...governance,
    columns: { none: 'organisation_id id from_id to_id kind created_at updated_at' },
  },
  'public.comments': {
    ...governance,
    columns: {
      pseudonym: 'author_id author_external_id',
      content: 'body words',
      none: 'organisation_id id raid_item_id task_id created_at updated_at',
    },
    except: { words: { erase: 'keep', export: false, ai: 'never' } },
  },
  'public.external_resources': {
    subject: 'people outside whom an organisation gives tasks to',
    activity: 'externals',
    purpose: 'giving tasks to people who have no account',
    retention: 'external',
    columns: {
      pseudonym: 'id membership_id created_by',
      identity: 'name',
      contact: 'email',
      technical: 'notice_sent_at merged_at archived_at created_at updated_at',
      none: 'organisation_id lock_version',
    },
  },
  'public.tasks': {
    ...governance,
    columns: {
      pseudonym: 'assignee_id external_resource_id created_by',
      identity: 'assignee_label',
      content: 'title description blocked_reason words',
      none: `organisation_id id project_id number parent_id status priority start_on due_on completed_on
        source_kind raid_item_id gate_condition_id status_report_id import_id lock_version created_at
        updated_at status_rank priority_rank`,
    },
    except: { words: { erase: 'keep', export: false, ai: 'never' } },
  },
  'public.checklist_items': {
    ...governance,
    columns: {
      content: 'text',
      none: 'organisation_id id task_id position is_done created_at updated_at',
    },
  },
  'public.task_attachments': {
    ...governance,
    purpose: 'keeping what was handed in for a task, and by whom',
    columns: {
      pseudonym: 'added_by added_by_external_id',
      content: 'name',
      none: `organisation_id id project_id task_id file_key size media_type sha256 erased_at
        created_at updated_at`,
    },
    except: { name: { ai: 'never' }, file_key: { export: false, ai: 'never' } },
  },
  'public.task_attachment_bytes': {
    ...governance,
    purpose: 'keeping a file handed in for a task until it is in the store of files',
    columns: { content: 'bytes', none: 'organisation_id id attachment_id created_at' },
    except: { bytes: { erase: 'delete', ai: 'never' } },
  },
  'public.task_predecessors': {
    ...governance,
    columns: {
      none: 'organisation_id id project_id task_id predecessor_id created_at updated_at',
    },
  },
  'public.task_links': {
    subject: 'people outside who have a task',
    activity: 'externals',
    purpose: 'letting a person without an account see and answer their task, and nobody else',
    retention: 'project',
    columns: {
      pseudonym: 'external_resource_id sent_by',
      technical: 'digest deliveries sent_at expires_at ended_at revoked_at created_at updated_at',
      none: 'organisation_id id task_id',
    },
    except: { digest: { erase: 'delete', export: false, ai: 'never' } },
  },
  'public.api_tokens': {
    subject: 'members whose programs use the API, and who gave services theirs',
    activity: 'governance',
    purpose:
      'letting a program act for a member, or as a service of the organisation, and knowing which it was',
    retention: 'membership',
    columns: {
      pseudonym: 'membership_id created_by',
      content: 'name',
      technical: 'prefix digest expires_at revoked_at created_at updated_at',
      none: 'organisation_id id service_role scopes',
    },
    except: {
      name: { ai: 'never' },
      prefix: { erase: 'delete' },
      digest: { erase: 'delete', export: false },
    },
  },
  'public.api_token_uses': {
    subject: 'members whose programs use the API',
    activity: 'security',
    purpose: 'telling when a token was last used, so that those that nobody needs are revoked',
    retention: 'membership',
    columns: { technical: 'last_used_on', none: 'organisation_id token_id' },
  },
  'public.api_replies': {
    subject: 'members whose programs use the API, and people named in what these send',
    activity: 'governance',
    purpose: 'doing once what a program sends twice',
    retention: 'reply',
    sealed: 'body',
    columns: {
      content: 'body',
      technical: 'key_digest request_digest status location tag created_at',
      none: 'organisation_id id token_id',
    },
    except: {
      body: { erase: 'delete', export: false, ai: 'never' },
      key_digest: { erase: 'delete', export: false },
      request_digest: { erase: 'delete', export: false },
      status: { erase: 'delete' },
      location: { erase: 'delete' },
      tag: { erase: 'delete' },
      created_at: { erase: 'delete' },
    },
  },
  'public.sent_forms': {
    subject: 'people who send forms',
    activity: 'governance',
    purpose: 'doing once what a form sends twice',
    retention: 'form',
    sealed: 'path',
    columns: {
      pseudonym: 'user_id',
      technical: 'id path created_at',
      none: 'organisation_id',
    },
    except: {
      user_id: { erase: 'delete', ai: 'never' },
      id: { erase: 'delete', export: false },
      path: { erase: 'delete', export: false },
      created_at: { erase: 'delete' },
    },
  },
  'public.webhook_endpoints': {
    subject: 'members who connect programs',
    activity: 'governance',
    purpose:
      'telling an organisation’s own programs that something happened, without names or texts',
    retention: 'organisation',
    sealed: 'secret former_secret',
    columns: {
      pseudonym: 'created_by',
      content: 'name url',
      technical: 'created_at updated_at',
      none: `organisation_id id events secret former_secret former_until status failing_since
        lock_version`,
    },
    except: {
      name: { ai: 'never' },
      url: { ai: 'never' },
      secret: { export: false, ai: 'never', log: false },
      former_secret: { export: false, ai: 'never', log: false },
    },
  },
  'public.webhook_deliveries': {
    subject: null,
    activity: 'governance',
    purpose: 'telling each event once, and showing what became of it',
    retention: 'webhook',
    columns: {
      none: `organisation_id id endpoint_id event_id action state attempts response_code failure
        attempted_at due_at created_at updated_at`,
    },
  },
  'public.calendar_feeds': {
    subject: 'members whose calendar reads along',
    activity: 'governance',
    purpose: 'letting a calendar show what its owner has to do, without signing in',
    retention: 'membership',
    columns: {
      pseudonym: 'membership_id',
      technical: 'digest created_at updated_at',
      none: 'organisation_id id kind',
    },
    except: { digest: { erase: 'delete', export: false } },
  },
  'public.email_outbox': {
    subject: 'people who are sent a mail',
    activity: 'messages',
    purpose: 'sending mails once, and knowing what became of them',
    retention: 'mail',
    sealed: 'subject text_body html_body unsubscribe_url',
    columns: {
      pseudonym: 'membership_id',
      contact: 'email',
      identity: 'name',
      content: 'subject text_body html_body',
      technical: `idempotency_key provider_id unsubscribe_url status failure attempts due_at
        first_attempted_at sent_at settled_at blanked_at created_at updated_at`,
      none: 'organisation_id id template',
    },
    except: {
      subject: { erase: 'delete', ai: 'never' },
      text_body: { erase: 'delete', ai: 'never' },
      html_body: { erase: 'delete', ai: 'never' },
      unsubscribe_url: { erase: 'delete', export: false },
    },
  },
  'public.feedback': {
    subject: 'people who send feedback',
    activity: 'feedback',
    purpose: 'reading what people tell us about the product, and answering them',
    retention: 'account',
    columns: {
      pseudonym: 'user_id',
      content: 'message',
      technical: 'page status created_at updated_at',
      none: 'organisation_id id lock_version',
    },
    except: {
      user_id: { erase: 'delete', ai: 'never' },
      message: { erase: 'delete', ai: 'never' },
      page: { erase: 'delete' },
      status: { erase: 'delete' },
      created_at: { erase: 'delete' },
      updated_at: { erase: 'delete' },
    },
  },
  'public.feedback_replies': {
    subject: 'people who send feedback',
    activity: 'feedback',
    purpose: 'answering what people tell us about the product',
    retention: 'account',
    columns: {
      content: 'body',
      technical: 'created_at updated_at',
      none: 'organisation_id id feedback_id mail_id',
    },
    except: {
      body: { erase: 'delete', ai: 'never' },
      created_at: { erase: 'delete' },
      updated_at: { erase: 'delete' },
    },
  },
  'public.mail_events': {
    subject: 'people who are sent a mail',
    activity: 'messages',
    purpose: 'knowing what became of a mail, and taking each report of it once',
    retention: 'organisation',
    columns: {
      technical: 'webhook_id kind occurred_at created_at updated_at',
      none: 'organisation_id id mail_id',
    },
  },
  'public.consent_records': {
    subject: 'visitors who made a choice about cookies',
    activity: 'rights',
    purpose: 'proving who consented to what, and that they could take it back',
    retention: 'consent',
    columns: {
      pseudonym: 'receipt user_id',
      technical: 'mechanism locale decided_at expires_at created_at updated_at',
      none: 'organisation_id id notice policy_version purpose decision',
    },
    except: { user_id: { erase: 'delete', ai: 'never' }, receipt: { ai: 'never', log: false } },
  },
  'public.privacy_requests': {
    subject: 'people who ask about their data',
    activity: 'rights',
    purpose: 'answering requests about personal data in time, and proving it',
    retention: 'request',
    sealed: 'contact details answer',
    columns: {
      pseudonym: 'user_id contact_hash handler_id',
      contact: 'contact',
      content: 'details answer',
      technical: `channel received_on due_on target_on identity_method identity_verified_at extended_to
        extension_reason extension_notified_at refusal_ground acknowledged_at completed_at
        evidence_sha256 created_at updated_at`,
      none: 'organisation_id id ref kind status lock_version',
    },
    except: {
      details: { erase: 'delete', ai: 'never' },
      answer: { erase: 'delete', ai: 'never' },
      contact_hash: { export: false, ai: 'never', log: false },
    },
  },
  'public.privacy_request_entries': {
    subject: 'people who ask about their data',
    activity: 'rights',
    purpose: 'showing how a request was dealt with',
    retention: 'request',
    sealed: 'text',
    columns: {
      pseudonym: 'author_id',
      content: 'text',
      technical: 'created_at updated_at',
      none: 'organisation_id id request_id kind',
    },
    except: { text: { erase: 'delete', ai: 'never' } },
  },
  'public.privacy_request_recipients': {
    subject: 'people who ask about their data',
    activity: 'rights',
    purpose: 'telling recipients of the data what became of it',
    retention: 'request',
    columns: {
      technical: 'informed_on created_at updated_at',
      none: 'organisation_id id request_id recipient outcome',
    },
  },
  'public.privacy_codes': {
    subject: 'people who ask about their data',
    activity: 'rights',
    purpose: 'making sure that nobody asks in another person’s name',
    retention: 'request',
    columns: {
      technical: 'digest attempts expires_at used_at created_at updated_at',
      none: 'organisation_id id request_id',
    },
    except: { digest: { export: false } },
  },
  'public.erasures': {
    subject: 'people who are erased',
    activity: 'rights',
    purpose: 'erasing a person as a whole, whatever interrupts it, and proving it',
    retention: 'request',
    columns: {
      pseudonym: 'user_id started_by label',
      identity: 'traces',
      technical: 'status proof proof_sha256 finished_at created_at updated_at',
      none: 'organisation_id id request_id',
    },
    sealed: 'traces',
    except: { traces: { erase: 'delete', export: false } },
  },
  'public.erasure_steps': {
    subject: 'people who are erased',
    activity: 'rights',
    purpose: 'going on with an erasure where it was interrupted',
    retention: 'request',
    columns: {
      technical: 'counts attempts failure retry_at done_at created_at updated_at',
      none: 'organisation_id id erasure_id name',
    },
  },
  'public.erasure_finds': {
    subject: 'people who are erased',
    activity: 'rights',
    purpose: 'having a human read what names an erased person in free text',
    retention: 'request',
    columns: {
      pseudonym: 'decided_by',
      technical: 'state reason decided_at created_at updated_at',
      none: 'organisation_id id erasure_id place place_organisation_id row_key columns',
    },
  },
  'public.privacy_exports': {
    subject: 'account holders',
    activity: 'rights',
    purpose: 'handing people a copy of their data, once and to nobody else',
    retention: 'export',
    columns: {
      pseudonym: 'user_id',
      technical: `status attempts parts_done parts records progressed_at size sha256 is_stored
        expires_at downloaded_at created_at updated_at`,
      none: 'organisation_id id request_id kind',
    },
  },
  'public.person_flags': {
    subject: 'account holders',
    activity: 'rights',
    purpose: 'keeping to restrictions and objections',
    retention: 'account',
    columns: {
      pseudonym: 'user_id',
      technical: 'flag set_by since lifted_at created_at updated_at',
      none: 'organisation_id id request_id',
    },
  },
  'public.retention_runs': {
    subject: null,
    activity: 'rights',
    purpose: 'showing that data leaves when the policy says so',
    retention: 'machinery',
    columns: {
      none: `organisation_id id dataset rule_version cutoff affected started_at finished_at error created_at
        updated_at`,
    },
  },
  'public.system_alerts': {
    subject: null,
    activity: 'security',
    purpose: 'telling people of maintenance and of what is wrong',
    retention: 'machinery',
    columns: {
      none: `organisation_id id kind body target_id begins_at ends_at is_mailed mails_members letter
        created_at updated_at`,
    },
  },
  'public.staff_accesses': {
    subject: 'platform admins',
    activity: 'audit',
    purpose:
      'letting a platform admin read an organisation only for a reason, for a while, and on record',
    retention: 'organisation',
    columns: {
      pseudonym: 'user_id',
      content: 'reason',
      technical: 'expires_at ended_at created_at updated_at',
      none: 'organisation_id id',
    },
    except: { reason: { ai: 'never' } },
  },
  'public.audit_verifications': {
    subject: null,
    activity: 'audit',
    purpose: 'knowing that the audit trail is whole',
    retention: 'organisation',
    columns: {
      none: `organisation_id id status events seals problems started_at finished_at created_at
        updated_at`,
    },
  },
  'public.policy_publications': {
    subject: null,
    activity: 'rights',
    purpose: 'proving which policy was public, and since when',
    retention: 'machinery',
    columns: {
      none: 'organisation_id id version fingerprint material published_at created_at updated_at',
    },
  },
  'public.policy_notices': {
    subject: 'account holders',
    activity: 'rights',
    purpose: 'proving who was told of a changed policy, and telling them once',
    retention: 'account',
    columns: {
      pseudonym: 'user_id',
      technical: 'shown_at dismissed_at created_at updated_at',
      none: 'organisation_id id version channel mail_id',
    },
  },
  'public.mail_suppressions': {
    subject: 'people whose mail bounced or who complained',
    activity: 'security',
    purpose: 'not writing again to an address that refuses our mails',
    retention: 'suppression',
    columns: { pseudonym: 'address_hash', technical: 'reason created_at' },
    except: { address_hash: { export: false, ai: 'never', log: false } },
  },
  'public.notifications': {
    subject: 'members who are told of something',
    activity: 'messages',
    purpose: 'telling members of work that concerns them',
    retention: 'notification',
    columns: {
      pseudonym: 'membership_id',
      content: 'title detail',
      technical: 'key read_at created_at updated_at',
      none: 'organisation_id id kind project_id raid_item_id path',
    },
    except: {
      title: { erase: 'delete', ai: 'never' },
      detail: { erase: 'delete', ai: 'never' },
    },
  },
  'public.notification_preferences': {
    subject: 'members who chose how to be told',
    activity: 'messages',
    purpose: 'telling members in the ways that they chose',
    retention: 'organisation',
    columns: {
      pseudonym: 'membership_id',
      technical: 'in_app mail created_at updated_at',
      none: 'organisation_id id kind',
    },
  },
  'public.ai_invocations': {
    subject: 'members who ask the assistant',
    activity: 'assistant',
    purpose: 'making sure that nothing is sent unless a person asks',
    retention: 'assistant',
    columns: {
      pseudonym: 'membership_id',
      technical: 'digest expires_at consumed_at created_at updated_at',
      none: 'organisation_id id project_id feature',
    },
    except: { digest: { erase: 'delete', export: false } },
  },
  'public.ai_interactions': {
    sealed: 'question prompt answer',
    subject: 'members who ask the assistant',
    activity: 'assistant',
    purpose: 'showing who asked what is their own, what was sent, and what it cost',
    retention: 'assistant',
    columns: {
      pseudonym: 'membership_id',
      content: 'question prompt answer context_manifest',
      technical: 'asked_at settled_at created_at updated_at',
      none: `organisation_id id project_id conversation_id invocation_id feature model price_version
        input_tokens output_tokens cache_read_tokens cache_5m_tokens cache_1h_tokens is_estimated
        reserved_micros cost_micros status failure`,
    },
    except: {
      question: { erase: 'delete' },
      prompt: { erase: 'delete', ai: 'never' },
      answer: { erase: 'delete' },
      context_manifest: { erase: 'delete', ai: 'never' },
    },
  },
  'public.ai_proposals': {
    sealed: 'content',
    subject: 'members who let the assistant propose something, and people whom it names',
    activity: 'assistant',
    purpose: 'letting a person look through what the assistant proposes before it becomes a record',
    retention: 'assistant',
    columns: {
      pseudonym: 'membership_id',
      content: 'content',
      technical: 'decided_at created_at updated_at',
      none: `organisation_id id project_id interaction_id position kind type subject_id subject_version other_id
        other_version status raid_item_id task_id`,
    },
    except: { content: { erase: 'delete', ai: 'never' } },
  },
  'public.rate_limits': {
    subject: 'people and visitors',
    activity: 'security',
    purpose: 'refusing what comes faster than a person acts',
    retention: 'limit',
    columns: { technical: 'key points expire' },
    except: { key: { export: false } },
  },
  'public.adonis_schema': { ...machinery, columns: { none: 'id name batch migration_time' } },
  'public.adonis_schema_versions': { ...machinery, columns: { none: 'version' } },
  'audit.events': {
    ...trail,
    columns: {
      pseudonym: 'actor_ref',
      technical: 'request_id occurred_at header',
      none: `seq id organisation_id txid project_id actor_kind action entity_type entity_id facts target ref
        event_hash`,
    },
  },
  'audit.event_values': {
    ...trail,
    columns: {
      pseudonym: 'subject_ref',
      content: 'value',
      technical: 'salt',
      none: 'organisation_id event_id path redacted_at',
    },
    except: {
      value: { erase: 'redact', ai: 'never' },
      salt: { erase: 'redact', export: false },
      subject_ref: { erase: 'redact', ai: 'never' },
    },
  },
  'audit.seals': {
    ...trail,
    subject: null,
    columns: {
      none: `organisation_id number from_txid to_txid event_count total_count root prev_hash sealed_at
        seal_hash`,
    },
  },
  'audit.checkpoints': {
    ...trail,
    subject: null,
    columns: { none: 'organisation_id seal_number key_id signature signed_at' },
  },
  'audit.removed_events': {
    ...trail,
    subject: null,
    retention: 'organisation',
    columns: { none: 'organisation_id event_id seq txid event_hash removal_id' },
  },
  'audit.leaves': {
    ...trail,
    subject: null,
    columns: { none: 'organisation_id txid seq event_hash' },
  },
  'audit.clock': { ...machinery, columns: { none: 'only_row lead' } },
}
