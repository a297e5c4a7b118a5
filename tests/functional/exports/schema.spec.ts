import { test } from '@japa/runner'
import { populated } from '#tests/support/populated'

/** What programs rely on: a key may be added here, never renamed or dropped in passing. */
const KEYS: Record<string, string> = {
  risk: `ref project programme status current_score band title description nature category cause event effect
    inherent_likelihood inherent_impact current_likelihood current_impact target_likelihood target_impact
    proximity trigger_on response response_plan actionee owner raised_on due_on next_review_on escalation
    sensitivity closed_on version`,
  assumption: `ref project programme status title description impact_if_false confidence validation_method owner
    raised_on due_on next_review_on escalation sensitivity closed_on version`,
  issue: `ref project programme status priority title description issue_kind severity urgency priority_override
    priority_reason resolution owner raised_on due_on next_review_on escalation sensitivity closed_on version`,
  dependency: `ref project programme status counterpart_project home_answer counterpart_answer title description direction counterpart_kind counterpart_name
    counterpart_person promised_on owner raised_on due_on next_review_on escalation sensitivity closed_on version`,
  decision: `ref project programme status title description options rationale decider decided_on owner raised_on
    due_on escalation sensitivity closed_on version`,
  escalation: `ref type title project programme status level state ask reason asked_of answer raised_by
    raised_on due_on`,
  task: `ref project programme title description status blocked_reason priority assignee assignee_label start_on
    due_on completed_on part_of waits_for source version`,
  gate: 'ref name purpose stage status outcome baseline_on forecast_on actual_on slip_days',
  gate_calendar:
    'ref name project status outcome baseline_on forecast_on actual_on slip_days deciders',
  gate_condition: 'ref gate text kind state owner due_on claim claimed_on answer answered_on',
  report_overview: `code name programme manager status standing cadence next_due_on days_late draft
    draft_state author latest version period_start_on period_end_on published_on publisher corrected_on
    overall overall_before age_days`,
  status_report: `ref version period_start_on period_end_on published_at publisher overall schedule cost
    scope benefits resources`,
  project: `code name status stage manager baseline_end_on forecast_end_on reported_on open_risk
    open_severe open_issue open_assumption open_dependency`,
  project_request: `title state requester requested_at wanted_by budget sponsor purpose benefits
    answered_on answerer answer project`,
  portfolio: `code name programme manager status stage overall computed schedule cost scope benefits
    resources confidence next_gate next_gate_on next_gate_baseline_on slip_days severe_risks
    lapsed_conditions reported_on`,
  membership: 'name email role status joined_at projects',
}

test.group('The schema of exported lists', () => {
  test('names the keys that programs know, and those that the lists have', async (ctx) => {
    const { assert, client } = ctx
    const { world, project } = await populated()
    const person = await world.person('pmo')
    const response = await client.get('/lists.schema.json').as(person)
    response.assertStatus(200)
    const { $defs } = JSON.parse(response.text())
    const keys = Object.entries<any>($defs).map(([name, { items }]) => [name, items.required])
    assert.deepEqual(
      Object.fromEntries(keys),
      Object.fromEntries(Object.entries(KEYS).map(([name, text]) => [name, text.split(/\s+/)]))
    )
    const lists = {
      risk: 'raid',
      task: 'tasks?status=all',
      gate: 'gates',
      status_report: 'reports',
    }
    for (const [name, list] of Object.entries(lists)) {
      const [path, query = ''] = list.split('?')
      const json = await client.get(`/projects/${project.id}/${path}.json?${query}`).as(person)
      for (const row of json.body()) assert.deepEqual(Object.keys(row), $defs[name].items.required)
    }
  })

  test('is for members', async ({ client }) => {
    const response = await client.get('/lists.schema.json').redirects(0)
    response.assertHeader('location', '/sign-in')
  })
})
