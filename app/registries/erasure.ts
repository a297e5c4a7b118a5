/**
 * What makes a row the person's: their account, memberships, records of them as someone outside, requests that are
 * answered, addresses or names.
 */
export type Trait = 'users' | 'members' | 'externals' | 'requests' | 'emails' | 'names'

/** A column that holds one of the traits; `through` a row that the table's column refers to. */
export type Belonging = {
  column: string
  of: Trait
  through?: { column: string; table: string }
}

/**
 * What a column becomes: nothing, the person's label, an address that leads nowhere, one word for another, or the
 * present time.
 */
export type Change =
  | { to: null | 'label' | 'address' }
  | { swap: Record<string, string> }
  | { now: true }

export type ErasureRule = {
  table: string
  rows: Belonging[]
  /** Only rows whose column says this. */
  only?: Record<string, string>
  /** Rows that contain the name are treated in the same way, whoever they belong to. */
  alsoWhereNamed?: true
} & ({ remove: true } | { set: Record<string, Change> })

const BLANK = { to: null } as const
const LABEL = { to: 'label' } as const

/** What belongs to a member, by their membership or by an address. */
const ofMember: Belonging[] = [{ column: 'membership_id', of: 'members' }]
const ofReader: Belonging[] = [...ofMember, { column: 'email', of: 'emails' }]
const ofOutsider: Belonging[] = [...ofReader, { column: 'id', of: 'externals' }]
const ofAccount: Belonging[] = [{ column: 'user_id', of: 'users' }]
const ofAsker: Belonging[] = [{ column: 'id', of: 'requests' }]

const through = (column: string, table: string, rows: Belonging[]) =>
  rows.map((row) => ({ ...row, through: { column, table } }))

const labelled = (table: string, column: string): ErasureRule => ({
  table,
  rows: [{ column, of: 'names' }],
  set: { [column]: LABEL },
})

/**
 * What becomes of an erased person's rows, in this order: dependent rows go first. A test compares it with the marks
 * `tombstone` and `delete` of the inventory of personal data.
 */
export const erasureRules: ErasureRule[] = [
  {
    table: 'task_links',
    rows: through('external_resource_id', 'external_resources', ofOutsider),
    remove: true,
  },
  {
    table: 'external_resources',
    rows: ofOutsider,
    set: { name: LABEL, email: BLANK, archived_at: { now: true } },
  },
  {
    table: 'invitations',
    rows: ofReader,
    set: { email: { to: 'address' }, status: { swap: { pending: 'revoked' } } },
  },
  {
    table: 'api_replies',
    rows: through('token_id', 'api_tokens', ofMember),
    remove: true,
    alsoWhereNamed: true,
  },
  { table: 'api_tokens', rows: ofMember, remove: true },
  { table: 'calendar_feeds', rows: ofMember, remove: true },
  { table: 'notifications', rows: ofMember, remove: true, alsoWhereNamed: true },
  { table: 'notification_preferences', rows: ofMember, remove: true },
  { table: 'project_members', rows: ofMember, remove: true },
  {
    table: 'memberships',
    rows: [{ column: 'id', of: 'members' }],
    set: { status: { swap: { active: 'left', deactivated: 'left' } } },
  },
  {
    table: 'imports',
    rows: [{ column: 'created_by', of: 'members' }],
    only: { status: 'draft' },
    remove: true,
  },
  {
    // A worker processing it finds it gone; what it has produced by then belongs to the project.
    table: 'imports',
    rows: [{ column: 'created_by', of: 'members' }],
    only: { status: 'executing' },
    remove: true,
  },
  {
    table: 'project_imports',
    rows: [{ column: 'created_by', of: 'members' }],
    set: { file: BLANK },
  },
  labelled('raid_items', 'owner_label'),
  labelled('raid_items', 'actionee_label'),
  labelled('raid_items', 'decider_label'),
  labelled('tasks', 'assignee_label'),
  {
    table: 'email_outbox',
    rows: ofReader,
    alsoWhereNamed: true,
    set: {
      email: BLANK,
      name: BLANK,
      subject: BLANK,
      text_body: BLANK,
      html_body: BLANK,
      unsubscribe_url: BLANK,
      blanked_at: { now: true },
      status: { swap: { queued: 'failed', sending: 'failed' } },
    },
  },
  {
    table: 'ai_interactions',
    rows: ofMember,
    alsoWhereNamed: true,
    set: { question: BLANK, prompt: BLANK, answer: BLANK, context_manifest: BLANK },
  },
  { table: 'ai_proposals', rows: ofMember, alsoWhereNamed: true, set: { content: BLANK } },
  { table: 'ai_invocations', rows: ofMember, set: { consumed_at: { now: true } } },
  {
    table: 'feedback_replies',
    rows: through('feedback_id', 'feedback', ofAccount),
    remove: true,
  },
  { table: 'feedback', rows: ofAccount, remove: true },
  { table: 'consent_records', rows: ofAccount, set: { user_id: BLANK } },
  { table: 'person_flags', rows: ofAccount, remove: true },
  { table: 'policy_notices', rows: ofAccount, remove: true },
  { table: 'sent_forms', rows: ofAccount, remove: true },
]

/** The answer to a request; it is deleted once it has been sent, and is no evidence about the person then. */
export const lastErasureRules: ErasureRule[] = [
  erasureRules.find(({ table }) => table === 'email_outbox')!,
  {
    table: 'privacy_request_entries',
    rows: through('request_id', 'privacy_requests', ofAsker),
    set: { text: BLANK },
  },
  {
    table: 'privacy_codes',
    rows: through('request_id', 'privacy_requests', ofAsker),
    remove: true,
  },
  {
    table: 'privacy_requests',
    rows: ofAsker,
    set: { contact: BLANK, contact_hash: BLANK, details: BLANK, answer: BLANK },
  },
]

/** Tables and columns with such marks that no rule names, and what sees to them. */
export const erasedOtherwise: Record<string, string> = {
  'public.ai_invocations.digest': 'of a random word, which the rule uses up: it opens nothing then',
  'public.api_token_uses': 'the rule of api_tokens: they go with their token',
  'public.erasures': 'the step “farewell”, last of all',
  'public.users':
    'the step “account”, through a door of its own: an account belongs to no organisation',
  'public.sessions': 'the step “sessions”, first of all',
  'public.gate_evidence_bytes':
    'they wait for seconds, then are a file, which the step “texts” reads',
  'public.task_attachment_bytes':
    'they wait for seconds, then are a file, which the step “texts” reads',
  'audit.event_values': 'the step “audit”, by whose data each value is',
}
