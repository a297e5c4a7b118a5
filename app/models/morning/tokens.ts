import { inWords } from '#models/days'
import { morningReaders } from '#models/morning/readers'
import type { Morning } from '#models/morning/round'
import { notToldBefore } from '#models/notification/audience'
import type { NewNotification } from '#models/notification'
import { read } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

type Row = { reader: string; id: string; name: string; is_service: boolean; ends_on: string }

/** Long enough to replace a token in a program; for a token that lasts only a few days, the day before. */
const DAYS_BEFORE = 7

/** Tokens that soon expire, for their holder or for those who manage a service's: each once. */
export async function tokensEnding(mornings: Morning[]): Promise<NewNotification[]> {
  const [readers, values] = morningReaders(mornings)
  const rows = await read<Row>(
    Tenancy.current().trx,
    `with readers as (${readers})
     select memberships.id as reader, api_tokens.id, api_tokens.name,
            api_tokens.membership_id is null as is_service, ${ENDS_ON} as ends_on
       from readers as memberships
       join api_tokens on api_tokens.organisation_id = memberships.organisation_id
        and api_tokens.revoked_at is null
        and (api_tokens.membership_id = memberships.id
          or api_tokens.membership_id is null and memberships.role in ('owner', 'admin'))
      where memberships.today between ${ENDS_ON} - case
              when api_tokens.expires_at - api_tokens.created_at > make_interval(days => ?::integer + 1)
              then ?::integer else 1 end and ${ENDS_ON}
        and ${notToldBefore(KEY)}
      order by memberships.id, ends_on, api_tokens.id`,
    [...values, DAYS_BEFORE, DAYS_BEFORE]
  )
  return rows.map(toNotice)
}

const ENDS_ON = `(api_tokens.expires_at at time zone memberships.zone)::date`

const KEY = `'token-ends:' || api_tokens.id`

function toNotice({ reader, id, name, is_service: isService, ends_on: endsOn }: Row) {
  return {
    kind: 'token_ends' as const,
    to: [reader],
    project: null,
    path: isService ? '/settings/tokens' : '/profile/tokens',
    title: `The token “${name}” expires on ${inWords(endsOn)}`,
    detail: 'Create a new one and use it in place of this one.',
    key: `token-ends:${id}`,
  }
}
