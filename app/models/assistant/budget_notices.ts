import logger from '@adonisjs/core/services/logger'
import { DateTime } from 'luxon'
import { budgets, isNearlySpent, type Budgets } from '#models/assistant/budget'
import Membership from '#models/membership'
import { mentionOf } from '#models/text/mention'
import { notifyAll, type NewNotification } from '#models/notification'
import Tenancy from '#tenancy/tenancy'

/** Whose call it was, and about which project. */
export type Asker = { organisationId: string; membershipId: string; projectId: string }

type Whose = keyof Budgets
type Occasion = { name: string; title: (budget: string) => string; detail: string }

const USAGE = '/settings/assistant/usage'

const nearly: Occasion = {
  name: 'nearly',
  title: (budget) => `80% of ${budget} has been used`,
  detail:
    'When it is spent, questions are refused until the end of the month. Everything else keeps working.',
}

const stopped: Occasion = {
  name: 'stopped',
  title: (budget) => `A question was refused because ${budget} has run out`,
  detail:
    'Questions that may cost more than what is left are refused until the end of the month, or until the budget is raised. Everything else keeps working.',
}

/**
 * Reports once a month that four fifths of a budget are used: to those who manage the organisation and, if it is a
 * person's own, to that person too. It uses a transaction of its own and acts in no one’s name, so that the person who
 * asked is notified as well.
 */
export function tellNearlySpent(asker: Asker) {
  return inNobodysName(asker, async () => {
    const found = await budgets(asker.membershipId)
    const near = (['organisation', 'person'] as const).filter((whose) =>
      isNearlySpent(found[whose])
    )
    return near.map((whose) => ({ whose, occasion: nearly }))
  })
}

/** Reports in the same way that a call was refused, after the work under way, which may be rolled back. */
export function tellRefused(asker: Asker, whose: Whose) {
  const { trx } = Tenancy.current()
  const tell = () => void inNobodysName(asker, async () => [{ whose, occasion: stopped }])
  trx.after('commit', tell)
  trx.after('rollback', tell)
}

/** What cannot be reported now is reported with the next call. */
async function inNobodysName(
  asker: Asker,
  find: () => Promise<{ whose: Whose; occasion: Occasion }[]>
) {
  const { organisationId } = asker
  try {
    await Tenancy.run({ organisationId, userId: null, requestId: null }, async () => {
      const found = await find()
      if (found.length === 0) return
      const to = await Membership.holding('owner', 'admin')
      const notices = found.map(({ whose, occasion }) =>
        whose === 'organisation' ? ofOrganisation(occasion, to) : ofPerson(occasion, to, asker)
      )
      await notifyAll(notices.flat())
    })
  } catch (error) {
    logger.error({ err: error, organisation: organisationId }, 'a budget could not be told of')
  }
}

function ofOrganisation(occasion: Occasion, to: string[]): NewNotification[] {
  const title = occasion.title('the organisation’s assistant budget')
  return [{ ...told(occasion, 'all'), to, title, path: USAGE }]
}

/** The person reads it as their own; all they can do is wait, or ask for more. */
function ofPerson(
  occasion: Occasion,
  to: string[],
  { membershipId, projectId }: Asker
): NewNotification[] {
  const about = told(occasion, membershipId)
  return [
    {
      ...about,
      to: to.filter((id) => id !== membershipId),
      title: occasion.title(`the assistant budget of ${mentionOf(membershipId)}`),
      path: USAGE,
    },
    {
      ...about,
      to: [membershipId],
      title: occasion.title('your assistant budget'),
      path: `/projects/${projectId}/assistant`,
    },
  ]
}

function told({ name, detail }: Occasion, of: string) {
  const month = DateTime.utc().toFormat('yyyy-MM')
  const key = `assistant-budget:${month}:${name}:${of}`
  return { kind: 'assistant_budget' as const, project: null, detail, key }
}
