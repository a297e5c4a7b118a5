import string from '@adonisjs/core/helpers/string'
import { exportKinds, exportStatuses } from '#models/privacy_export'
import { conditionKinds, conditionStates } from '#models/condition/enumerations'
import { outcomes, votes } from '#models/deciding/enumerations'
import * as gates from '#models/gate/enumerations'
import { confidenceRatings, dimensions, ratings } from '#models/health/enumerations'
import * as raid from '#models/raid/enumerations'
import { requestStates as projectRequestStates } from '#models/project_request/states'
import { projectStatuses } from '#models/project/states'
import { visibilities } from '#models/project/visibility'
import type { RaidType } from '#models/raid/enumerations'
import { serviceRoles } from '#models/api_token/scopes'
import { sizeInWords } from '#models/text/sizes'
import { taskPriorities } from '#models/task/enumerations'
import { endpointStatuses } from '#models/webhook_endpoint'
import { feedKinds } from '#models/calendar_feed/kinds'
import { fieldLabel, fieldsOf, type Field } from '#models/raid/fields'
import { decisionRules } from '#models/gate_defaults'
import { feedbackStatuses } from '#models/feedback/states'
import { invitationStatuses } from '#models/invitation'
import { membershipStatuses } from '#models/membership'
import { flags } from '#models/person_flag'
import {
  extensionReasons,
  identityMethods,
  refusalGrounds,
  requestChannels,
  requestKinds,
  requestStatuses,
} from '#models/privacy_request/enumerations'
import { viewVisibilities } from '#models/saved_view'
import { viewedLists } from '#models/saved_view/lists'
import { cadences, reportStates } from '#models/report/enumerations'
import { reportFields } from '#models/report/values'
import { taskStatuses } from '#models/task/states'
import { organisationRoles, projectRoles } from '#policies/permissions'
import { day, moment } from '#registries/formats'

/** How one kept value is shown: the column's label, its position, and the value in words. */
type AuditField = {
  label: string
  position: number
  show(value: unknown): string | null
}

type Known = {
  label: string
  choices?: Record<string, string>
  /** How to show a value that is neither a choice nor a date. */
  show?: (value: any) => string
}

const project: Record<string, Known> = {
  code: { label: 'Code' },
  name: { label: 'Name' },
  description: { label: 'Description' },
  status: { label: 'Status', choices: projectStatuses },
  visibility: { label: 'Visibility', choices: visibilities },
  manager_id: { label: 'Manager' },
  sponsor_id: { label: 'Sponsor' },
  stage_id: { label: 'Stage' },
  programme_id: { label: 'Programme' },
  is_assistant_enabled: { label: 'Assistant', choices: { true: 'On', false: 'Off' } },
  lifecycle_id: { label: 'Lifecycle' },
  baseline_start_on: { label: 'Baseline start' },
  baseline_end_on: { label: 'Baseline end' },
  forecast_start_on: { label: 'Forecast start' },
  forecast_end_on: { label: 'Forecast end' },
  handed_over: { label: 'Work handed over' },
  handed_entries: { label: 'RAID entries' },
  handed_tasks: { label: 'Tasks' },
  handed_criteria: { label: 'Criteria' },
  handed_conditions: { label: 'Conditions' },
}

const feedNames = Object.fromEntries(
  Object.entries(feedKinds).map(([kind, { name }]) => [kind, name])
)

const importStatuses = {
  draft: 'Draft',
  executing: 'Importing',
  imported: 'Imported',
  undoing: 'Undoing',
  undone: 'Undone',
}

const others: Record<string, Record<string, Known>> = {
  project,
  board_pack: {
    query: { label: 'Filters' },
    count: { label: 'Projects in it' },
    format: { label: 'Form', choices: { pdf: 'PDF', pptx: 'PowerPoint' } },
  },
  portfolio_view: {
    list: { label: 'List', choices: viewedLists },
    name: { label: 'Name' },
    visibility: { label: 'Shown to', choices: viewVisibilities },
    query: { label: 'Filters' },
    is_default: { label: 'Default view', choices: { true: 'Yes', false: 'No' } },
  },
  programme: {
    code: { label: 'Code' },
    name: { label: 'Name' },
    description: { label: 'Description' },
    manager_id: { label: 'Manager' },
  },
  project_member: {
    membership_id: { label: 'Person' },
    role: { label: 'Role', choices: projectRoles },
    project_id: { label: 'Project' },
  },
  membership: {
    name: { label: 'Name' },
    role: { label: 'Role', choices: organisationRoles },
    status: { label: 'Status', choices: membershipStatuses },
  },
  system_alert: {
    body: { label: 'Text' },
    organisation: { label: 'For' },
    begins_at: { label: 'From' },
    ends_at: { label: 'Until' },
    mailed_to: { label: 'Emailed to' },
    letter: { label: 'What the email says' },
  },
  staff_access: {
    organisation: { label: 'Organisation' },
    reason: { label: 'Reason' },
    expires_at: { label: 'Until' },
  },
  job: { reason: { label: 'Reason' } },
  feedback: { status: { label: 'Status', choices: feedbackStatuses } },
  invitation: {
    role: { label: 'Role', choices: organisationRoles },
    status: { label: 'Status', choices: invitationStatuses },
    expires_at: { label: 'Expires' },
    projects: { label: 'Projects' },
  },
  task: {
    title: { label: 'Title' },
    description: { label: 'Description' },
    status: { label: 'Status', choices: taskStatuses },
    priority: { label: 'Priority', choices: taskPriorities },
    assignee_id: { label: 'Assignee' },
    external_resource_id: { label: 'Assignee' },
    assignee_label: { label: 'Assignee in the file' },
    start_on: { label: 'Start' },
    due_on: { label: 'Due' },
    completed_on: { label: 'Completed' },
    blocked_reason: { label: 'Held up by' },
    parent_id: { label: 'Part of' },
    raid_item_id: { label: 'Follows from' },
    predecessor: { label: 'Waits for' },
  },
  project_request: {
    title: { label: 'Title' },
    purpose: { label: 'Purpose' },
    benefits: { label: 'Benefits' },
    budget: { label: 'Rough cost' },
    wanted_by: { label: 'Wanted by' },
    sponsor_id: { label: 'Sponsor' },
    state: { label: 'State', choices: projectRequestStates },
    answer: { label: 'Answer' },
  },
  raid_escalation: {
    level: { label: 'Level', choices: raid.escalationLevels },
    ask: { label: 'Request' },
    reason: { label: 'Reason' },
    asked_of_id: { label: 'Asked of' },
    state: { label: 'State', choices: raid.escalationStates },
    answer: { label: 'Answer' },
  },
  checklist_item: {
    text: { label: 'Step' },
    is_done: { label: 'Done' },
    position: { label: 'Place' },
  },
  stage: {
    name: { label: 'Name' },
    baseline_start_on: { label: 'Baseline start' },
    baseline_end_on: { label: 'Baseline end' },
    forecast_start_on: { label: 'Forecast start' },
    forecast_end_on: { label: 'Forecast end' },
    actual_start_on: { label: 'Started' },
    actual_end_on: { label: 'Ended' },
  },
  gate: {
    name: { label: 'Name' },
    status: { label: 'Status', choices: gates.gateStatuses },
    purpose: { label: 'Purpose' },
    first_baseline_on: { label: 'First baseline' },
    baseline_on: { label: 'Baseline' },
    baseline_reason: { label: 'Reason for the new baseline' },
    forecast_on: { label: 'Forecast' },
    actual_on: { label: 'Held' },
    stage_id: { label: 'Stage' },
    template_id: { label: 'Lifecycle' },
  },
  gate_criterion: {
    title: { label: 'Criterion' },
    assessment: { label: 'Assessment', choices: gates.assessments },
    note: { label: 'Note' },
    owner_id: { label: 'Owner' },
    waiver_state: { label: 'Waiver', choices: gates.waiverStates },
    waiver_as: { label: 'Waiver as', choices: gates.assessments },
    waiver_reason: { label: 'Reason' },
    waiver_answer: { label: 'Answer' },
    guidance: { label: 'What good looks like' },
    weight: { label: 'Weight', choices: gates.weights },
    check_kind: { label: 'Check', choices: gates.checkKinds },
    evidence_required: { label: 'Needs evidence' },
  },
  gate_evidence: {
    name: { label: 'Name' },
    kind: { label: 'Kind', choices: gates.evidenceKinds },
    url: { label: 'Address' },
    record_ref: { label: 'Record' },
    size: { label: 'Size', show: sizeInWords },
    media_type: { label: 'Type' },
    sha256: { label: 'SHA-256' },
    removed_at: { label: 'Removed' },
  },
  gate_board: {
    decision_rule: { label: 'Rule', choices: decisionRules },
    quorum: { label: 'Quorum' },
    is_polled: { label: 'Confidence poll', choices: { 1: 'Yes', 0: 'No' } },
    chair_ids: { label: 'Chair' },
    decider_ids: { label: 'Deciders' },
    adviser_ids: { label: 'Advisers' },
    required_ids: { label: 'Must speak' },
  },
  gate_review: {
    note: { label: 'Note' },
    decide_by: { label: 'Decide by' },
    decision_rule: { label: 'Rule', choices: decisionRules },
    quorum: { label: 'Quorum' },
    is_polled: { label: 'Confidence poll', choices: { 1: 'Yes', 0: 'No' } },
    manager_id: { label: 'Manager' },
    poll_opened_at: { label: 'Poll opened' },
    withdrawal_reason: { label: 'Reason' },
  },
  gate_vote: {
    decider_id: { label: 'Seat of' },
    vote: { label: 'Vote', choices: votes },
    comment: { label: 'Comment' },
    cast_by: { label: 'Spoken by' },
  },
  gate_poll_answer: {
    decider_id: { label: 'Seat of' },
    cast_by: { label: 'Spoken by' },
    given_at: { label: 'Given' },
  },
  gate_decision: {
    outcome: { label: 'Outcome', choices: outcomes },
    rationale: { label: 'Minutes' },
    revisit_on: { label: 'Looked at again' },
    chair_id: { label: 'Chair' },
    decided_by: { label: 'Recorded by' },
    correction_reason: { label: 'Reason for the correction' },
  },
  gate_condition_proposal: {
    text: { label: 'Condition' },
    owner_id: { label: 'Owner' },
    kind: { label: 'Kind', choices: conditionKinds },
    due_on: { label: 'Due' },
  },
  gate_condition: {
    state: { label: 'State', choices: conditionStates },
    text: { label: 'Condition' },
    owner_id: { label: 'Owner' },
    kind: { label: 'Kind', choices: conditionKinds },
    due_on: { label: 'Due' },
    claim: { label: 'Claim' },
    answer: { label: 'Answer' },
  },
  project_rating: {
    dimension: { label: 'Dimension', choices: dimensions },
    rating: { label: 'Declared', choices: ratings },
    computed_rating: { label: 'Computed', choices: ratings },
    reason: { label: 'Reason' },
    path_to_green: { label: 'Path to green' },
    difference_reason: { label: 'Reason for the difference' },
  },
  delivery_confidence: {
    rating: { label: 'Delivery confidence', choices: confidenceRatings },
    rationale: { label: 'Rationale' },
  },
  gate_delegation: {
    decider_id: { label: 'Decider' },
    deputy_id: { label: 'Deputy' },
    from_on: { label: 'First day' },
    to_on: { label: 'Last day' },
    revoked_at: { label: 'Ended' },
  },
  lifecycle: {
    name: { label: 'Name' },
    description: { label: 'Description' },
    status: { label: 'Status', choices: gates.lifecycleStatuses },
    stage: { label: 'Stage' },
    stage_order: { label: 'Order of stages' },
    gate: { label: 'Gate' },
    purpose: { label: 'Purpose of the gate' },
    criterion: { label: 'Criterion' },
    guidance: { label: 'What good looks like' },
    criterion_order: { label: 'Order of criteria' },
  },
  task_link: {
    external_resource_id: { label: 'For' },
    expires_at: { label: 'Works until' },
    revoked_at: { label: 'Revoked' },
  },
  external_resource: {
    name: { label: 'Name' },
    email: { label: 'Address' },
    membership_id: { label: 'Became the member' },
    merged_at: { label: 'Joined' },
    archived_at: { label: 'Archived' },
    tasks: { label: 'Tasks that went over' },
    actions: { label: 'Actions that went over' },
    dependencies: { label: 'Dependencies that went over' },
  },
  api_token: {
    name: { label: 'Name' },
    scopes: { label: 'May' },
    service_role: { label: 'Acts as', choices: serviceRoles },
    prefix: { label: 'Begins with' },
    expires_at: { label: 'Works until' },
    revoked_at: { label: 'Revoked' },
  },
  webhook_endpoint: {
    name: { label: 'Name' },
    url: { label: 'Address' },
    events: { label: 'Told of' },
    status: { label: 'State', choices: endpointStatuses },
    secret: { label: 'Secret' },
    delivery: { label: 'Delivery' },
  },
  calendar_feed: {
    kind: { label: 'For', choices: feedNames },
    address: { label: 'Address' },
  },
  comment: { body: { label: 'Comment' } },
  task_attachment: {
    name: { label: 'Name' },
    size: { label: 'Size', show: sizeInWords },
    media_type: { label: 'Type' },
    sha256: { label: 'SHA-256' },
  },
  import: {
    file_name: { label: 'File' },
    status: { label: 'Status', choices: importStatuses },
  },
  privacy_export: {
    kind: { label: 'What', choices: exportKinds },
    status: { label: 'State', choices: exportStatuses },
  },
  privacy_request: {
    ref: { label: 'Reference' },
    kind: { label: 'Asked for', choices: requestKinds },
    channel: { label: 'By', choices: requestChannels },
    status: { label: 'State', choices: requestStatuses },
    received_on: { label: 'Received' },
    identity_method: { label: 'Identity', choices: identityMethods },
    extended_to: { label: 'Extended to' },
    extension_reason: { label: 'Reason', choices: extensionReasons },
    refusal_ground: { label: 'Ground', choices: refusalGrounds },
    log: { label: 'Log', choices: { note: 'A line was added' } },
  },
  person_flag: {
    flag: { label: 'What', choices: flags },
    set_by: { label: 'Set by', choices: { person: 'The person', desk: 'The privacy desk' } },
    lifted_at: { label: 'Lifted' },
  },
  organisation: {
    organisation: { label: 'Organisation' },
    name: { label: 'Name' },
    time_zone: { label: 'Time zone' },
    reason: { label: 'Reason' },
    max_members: { label: 'Most members' },
    max_projects: { label: 'Most projects' },
    max_storage_mb: { label: 'Most files, MB' },
    erase_at: { label: 'Erased on' },
  },
  risk_category: {
    name: { label: 'Name' },
    position: { label: 'Place' },
    retired_at: { label: 'Retired' },
  },
  raid_scoring: {
    medium_from: { label: 'Medium from' },
    high_from: { label: 'High from' },
    severe_from: { label: 'Severe from' },
    appetite: { label: 'Appetite' },
    likelihood_labels: { label: 'Stops of likelihood' },
    likelihood_meanings: { label: 'What likelihood means' },
    impact_labels: { label: 'Stops of impact' },
    impact_meanings: { label: 'What impact means' },
  },
  assistant_settings: {
    is_enabled: { label: 'Assistant' },
    monthly_budget: { label: 'Budget of the organisation, pence' },
    personal_budget: { label: 'Budget of each person, pence' },
  },
  retention_settings: {
    closed_project_months: { label: 'Closed projects, months' },
    notification_days: { label: 'Notices, days' },
    mail_days: { label: 'Content of mails, days' },
  },
  status_report: reportColumns(),
  report_schedule: {
    cadence: { label: 'Rhythm', choices: cadences },
    first_due_on: { label: 'First due' },
    next_due_on: { label: 'Next due' },
  },
  report_subscription: { membership_id: { label: 'Member' } },
  gate_defaults: {
    decision_rule: { label: 'Decision rule', choices: decisionRules },
    quorum: { label: 'Quorum' },
    reminder_days: { label: 'Days before a review' },
    poll_enabled: { label: 'Confidence poll' },
    manager_publishes: { label: 'Project managers publish reports' },
  },
}

/** The fields of a report's form, and why it was returned or corrected. */
function reportColumns(): Record<string, Known> {
  const fields = reportFields.map(({ key, label, choices }): [string, Known] => [
    string.snakeCase(key),
    { label, choices },
  ])
  return {
    state: { label: 'State', choices: reportStates },
    ...Object.fromEntries(fields),
    return_reason: { label: 'Sent back because' },
    correction_reason: { label: 'Corrected because' },
  }
}

const LAST = 1000

/** The field behind a column of some record type; `kind` is the type of a RAID item. */
export function auditField(entityType: string, column: string, kind?: unknown): AuditField {
  if (entityType === 'raid_item') return raidField(column, kind as RaidType | undefined)
  const known = others[entityType]?.[column]
  const position = Object.keys(others[entityType] ?? {}).indexOf(column)
  return {
    label: known?.label ?? humanised(column),
    position: position < 0 ? LAST : position,
    show: (value) => (known?.show && value ? known.show(value) : shown(value, known?.choices)),
  }
}

function raidField(column: string, type: RaidType = 'risk'): AuditField {
  const key = string.camelCase(column)
  if (key === 'status') {
    return { label: 'Status', position: 0, show: (value) => shown(value, raid.statuses[type]) }
  }
  if (key === 'type') {
    return { label: 'Type', position: 0, show: (value) => shown(value, raid.types) }
  }
  if (key === 'homeAnswer' || key === 'counterpartAnswer') {
    const show = (value: unknown) => shown(value, raid.dependencyAnswers)
    return { label: fieldLabel(type, key), position: LAST, show }
  }
  const position = fieldsOf(type).findIndex((field) => field.key === key)
  const label = fieldLabel(type, key)
  return {
    label: label === key ? humanised(column) : label,
    position: position < 0 ? LAST : position + 1,
    show: (value) => raidValue(value, fieldsOf(type)[position]),
  }
}

function raidValue(value: unknown, field?: Field) {
  if (field?.kind === 'scale' && value !== null) {
    const label = field.choices?.[String(value)]
    return label ? `${value} ${label}` : shown(value)
  }
  return shown(value, field?.choices)
}

const DATE = /^\d{4}-\d\d-\d\d$/
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/

function shown(value: unknown, choices?: Record<string, string>): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (Array.isArray(value)) return value.map((entry) => shown(entry, choices)).join(', ') || null
  if (typeof value === 'object') return JSON.stringify(value)
  const text = String(value)
  if (MOMENT.test(text)) return moment(text)
  return choices?.[text] ?? (DATE.test(text) ? day(text) : text)
}

function humanised(column: string) {
  const words = column.replace(/_(id|on)$/, '').replaceAll('_', ' ')
  return words[0].toUpperCase() + words.slice(1)
}
