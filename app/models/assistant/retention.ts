import { DateTime } from 'luxon'
import AiInteraction from '#models/ai_interaction'
import RetentionSettings from '#models/retention_settings'
import AiProposal from '#models/ai_proposal'
import { change } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Forgets questions and answers that are past this organisation's retention; tokens and cost stay. Returns how many.
 */
export async function blankOldInteractions() {
  const { trx, organisationId } = Tenancy.current()
  const { assistant } = await RetentionSettings.days()
  const blanked = await change(
    trx,
    `update ai_interactions
        set question = null, prompt = null, answer = null, context_manifest = null, updated_at = now()
      where organisation_id = ? and prompt is not null
        and asked_at < now() - make_interval(days => ?)`,
    [organisationId, assistant]
  )
  await forgetProposals(assistant)
  return blanked
}

/** Proposals not answered in all that time are dismissed: without what was sent no one could read them any more. */
async function forgetProposals(days: number) {
  const old = await AiProposal.query()
    .whereNotNull('content')
    .where('created_at', '<', DateTime.utc().minus({ days }).toSQL())
  for (const proposal of old) {
    proposal.content = null
    await (proposal.status === 'proposed' ? proposal.dismiss() : proposal.save())
  }
}

/**
 * Ends calls that will never finish because their server went away. What they had reserved counts as spent: no one
 * knows how much of it was.
 */
export async function endLostInteractions() {
  const running = await AiInteraction.query().where('status', 'running')
  for (const interaction of running.filter(({ isLost }) => isLost)) {
    await interaction
      .merge({
        status: 'failed',
        failure: 'lost',
        costMicros: interaction.reservedMicros,
        isEstimated: true,
        settledAt: DateTime.utc(),
      })
      .save()
  }
}
