import { connected } from '../postgres/connection.mjs'

const DAY = 86_400_000

/** The state of a gate, as its page would show it. */
const STANDING = `
  select g.status, g.lock_version as version, r.id as review, r.lock_version as "reviewVersion",
         exists (select from gate_votes v where v.review_id = r.id) as "isVoted"
    from gates g left join gate_reviews r on r.gate_id = g.id and r.status in ('submitted', 'in_review')
   where g.id = $1`

const REVIEW = /\/reviews\/[0-9a-f-]{36}$/

/**
 * The next step of a gate, by the right person: it is submitted, a decider votes, the chair defers it, and it is
 * prepared again. Someone who got no answer looks at its state first; that may still change.
 */
export const gateActs = {
  async gate({ mine, ledger, table, cluster }) {
    const standing = await standingOf(cluster, table)
    if (!standing) return
    const step = stepFrom(standing)
    const write = ledger.begin(step.kind)
    write.gate = table.gateId
    write.mayBeLate = table.isUnsure
    const { by, path, fields, acknowledges } = step.told(table, standing, write.key)
    ledger.end(write, await mine[by].post(path, fields), acknowledges)
    table.isUnsure = write.outcome !== 'acknowledged'
  },
}

/** Null while the database is down. */
function standingOf(cluster, { gateId }) {
  return connected(cluster.database.admin, async (client) => {
    return (await client.query(STANDING, [gateId])).rows[0]
  }).catch(() => null)
}

function stepFrom({ status, isVoted, review }) {
  if (review) return isVoted ? STEPS.decision : STEPS.vote
  return status === 'preparing' ? STEPS.submission : STEPS.preparation
}

const STEPS = {
  submission: {
    kind: 'submission',
    told: ({ gate }, { version }, key) => ({
      by: 'manager',
      path: `${gate}/reviews`,
      acknowledges: REVIEW,
      fields: { note: key, decide_by: inDays(7), lock_version: version },
    }),
  },
  vote: {
    kind: 'vote',
    told: ({ gate }, { review }, key) => ({
      by: 'gate-decider',
      path: `${gate}/reviews/${review}/vote?_method=PUT`,
      fields: { vote: 'deferred', comment: key },
      acknowledges: REVIEW,
    }),
  },
  decision: {
    kind: 'decision',
    told: ({ gate }, { review, reviewVersion }, key) => ({
      by: 'sponsor',
      path: `${gate}/reviews/${review}/decision`,
      acknowledges: REVIEW,
      fields: {
        outcome: 'deferred',
        revisit_on: inDays(30),
        rationale: key,
        lock_version: reviewVersion,
      },
    }),
  },
  preparation: {
    kind: 'preparation',
    told: ({ gate }) => ({
      by: 'manager',
      path: `${gate}/preparation`,
      fields: {},
      acknowledges: /\/gates\/[0-9a-f-]{36}$/,
    }),
  },
}

function inDays(days) {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10)
}
