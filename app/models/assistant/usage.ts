import { DateTime } from 'luxon'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** How much of the assistant was used, by a person, on a day, or in a project. */
export type Usage = {
  questions: number
  failed: number
  tokensIn: number
  tokensOut: number
  micros: number
}

export type DailyUsage = Usage & { day: string }
export type NamedUsage = Usage & { id: string; name: string }

/** A calendar month in UTC, as budgets count it. */
export type Month = { key: string; from: DateTime; until: DateTime; isCurrent: boolean }

/** The month in the form 2026-11; this month when there is none. */
export function monthOf(key: unknown): Month {
  const now = DateTime.utc()
  const named = typeof key === 'string' ? DateTime.fromFormat(key, 'yyyy-MM', { zone: 'utc' }) : now
  const from = (named.isValid && named <= now ? named : now).startOf('month')
  const until = from.plus({ months: 1 })
  return { key: from.toFormat('yyyy-MM'), from, until, isCurrent: until > now }
}

const SUMS = `count(*)::integer as questions,
  count(*) filter (where ai_interactions.status = 'failed')::integer as failed,
  sum(input_tokens + cache_read_tokens + cache_5m_tokens + cache_1h_tokens)::float8 as "tokensIn",
  sum(output_tokens)::float8 as "tokensOut", sum(cost_micros)::float8 as micros`

const WITHIN = `ai_interactions.organisation_id = ? and ai_interactions.asked_at >= ?
  and ai_interactions.asked_at < ?`

/** The organisation's use in a month, by day; days without any are left out. */
export function usageByDay(month: Month): Promise<DailyUsage[]> {
  return used<DailyUsage>(
    `select to_char(asked_at at time zone 'UTC', 'YYYY-MM-DD') as day, ${SUMS}
       from ai_interactions where ${WITHIN} group by 1 order by 1`,
    month
  )
}

/** The same by member, the heaviest user first. */
export function usageByPerson(month: Month): Promise<NamedUsage[]> {
  return used<NamedUsage>(
    `select memberships.id, users.name, ${SUMS}
       from ai_interactions
       join memberships on memberships.organisation_id = ai_interactions.organisation_id
        and memberships.id = ai_interactions.membership_id
       join users on users.id = memberships.user_id
      where ${WITHIN} group by 1, 2 order by micros desc, 1`,
    month
  )
}

/** The same by project. */
export function usageByProject(month: Month): Promise<NamedUsage[]> {
  return used<NamedUsage>(
    `select projects.id, projects.code as name, ${SUMS}
       from ai_interactions
       join projects on projects.organisation_id = ai_interactions.organisation_id
        and projects.id = ai_interactions.project_id
      where ${WITHIN} group by 1, 2 order by micros desc, 1`,
    month
  )
}

/** Every organisation's use in a month, by day, as far as staff may know it. */
export function platformUsage({ from, until }: Month): Promise<(DailyUsage & NamedUsage)[]> {
  return sql(
    Tenancy.current().trx,
    `select organisation_id as id, organisation as name, to_char(day, 'YYYY-MM-DD') as day, questions,
       failed, tokens_in::float8 as "tokensIn", tokens_out::float8 as "tokensOut",
       cost_micros::float8 as micros
     from office.assistant_usage(?, ?) order by organisation, organisation_id, day`,
    [from.toJSDate(), until.toJSDate()]
  )
}

/** Several uses added up. */
export function summed(uses: Usage[]): Usage {
  const none = { questions: 0, failed: 0, tokensIn: 0, tokensOut: 0, micros: 0 }
  return uses.reduce(
    (sum, use) => ({
      questions: sum.questions + use.questions,
      failed: sum.failed + use.failed,
      tokensIn: sum.tokensIn + use.tokensIn,
      tokensOut: sum.tokensOut + use.tokensOut,
      micros: sum.micros + use.micros,
    }),
    none
  )
}

function used<Row>(text: string, { from, until }: Month) {
  const { trx, organisationId } = Tenancy.current()
  return sql<Row>(trx, text, [organisationId, from.toJSDate(), until.toJSDate()])
}
