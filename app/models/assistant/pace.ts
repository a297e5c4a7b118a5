import { Exception } from '@adonisjs/core/exceptions'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** Someone asks faster than a person can read. */
class TooManyQuestions extends Exception {
  static status = 429
  static code = 'E_TOO_MANY_QUESTIONS'

  constructor() {
    super('Wait a minute before you ask again')
  }
}

const MOST_PER_MINUTE = 10
const MOST_PER_HOUR = 100

/** Throws TooManyQuestions when the member has asked too often lately. Call it while the budget is locked. */
export async function keepPace(membershipId: string) {
  const { trx, organisationId } = Tenancy.current()
  const [{ minute, hour }] = await sql(
    trx,
    `select count(*) filter (where asked_at > now() - interval '1 minute')::integer as minute,
            count(*)::integer as hour
       from ai_interactions
      where organisation_id = ? and membership_id = ? and asked_at > now() - interval '1 hour'`,
    [organisationId, membershipId]
  )
  if (minute >= MOST_PER_MINUTE || hour >= MOST_PER_HOUR) throw new TooManyQuestions()
}
