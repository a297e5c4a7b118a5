import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { v7 as uuidv7 } from 'uuid'
import { appendMany, type AuditEvent } from '#audit/events'
import {
  seedLifecycles,
  type SeedCriterion,
  type SeedLifecycle,
  type SeedStage,
} from '#models/lifecycle/seeds'
import { insertRowsOf, type Row } from '#tenancy/bulk'
import { sql } from '#tenancy/sql'

type Seed = SeedLifecycle & { id: string }

/** Gives the organisation that `trx` is bound to the lifecycles that each begins with, published. */
export async function seed(organisationId: string, trx: TransactionClientContract) {
  const seeds = seedLifecycles.map((lifecycle) => ({ ...lifecycle, id: uuidv7() }))
  for (const [table, rows] of Object.entries(rowsOf(seeds))) {
    await insertRowsOf(organisationId, table, rows, trx)
  }
  await sql(
    trx,
    `update lifecycle_templates set status = 'published', published_at = now()
      where organisation_id = ? and status = 'draft'`,
    [organisationId]
  )
  await appendMany(trx, seeds.map(publication))
}

/** The rows by table, parents first. */
function rowsOf(seeds: Seed[]): Record<string, Row[]> {
  const templates = seeds.map(({ id, name, description }) => ({
    id,
    origin_id: id,
    version: 1,
    name,
    description,
    status: 'draft',
    lock_version: 1,
  }))
  const stages = seeds.flatMap(({ id: template, stages: list }) =>
    list.map(({ name, gate }, index) => ({
      gate,
      row: { id: uuidv7(), template_id: template, position: index + 1, name },
    }))
  )
  const gates = stages.flatMap(({ gate, row: stage }) =>
    gate ? [{ criteria: gate.criteria, row: gateRow(gate, stage) }] : []
  )
  return {
    lifecycle_templates: templates,
    lifecycle_template_stages: stages.map(({ row }) => row),
    lifecycle_template_gates: gates.map(({ row }) => row),
    lifecycle_template_criteria: gates.flatMap(({ criteria, row: gate }) =>
      criteria.map((criterion, index) => criterionRow(criterion, index, gate))
    ),
  }
}

function gateRow(
  { name, purpose }: NonNullable<SeedStage['gate']>,
  stage: { id: string; template_id: string }
) {
  return { id: uuidv7(), template_id: stage.template_id, stage_id: stage.id, name, purpose }
}

function criterionRow(
  { title, guidance, weight, rule, evidence }: SeedCriterion,
  index: number,
  gate: { id: string; template_id: string }
) {
  return {
    id: uuidv7(),
    template_id: gate.template_id,
    gate_id: gate.id,
    position: index + 1,
    title,
    guidance,
    weight,
    rule: rule ?? null,
    check_kind: rule ? 'rule' : 'manual',
    evidence_required: evidence ?? false,
  }
}

function publication({ id, name }: Seed): AuditEvent {
  return {
    actorKind: 'system',
    actor: null,
    requestId: null,
    action: 'lifecycle.published',
    entityType: 'lifecycle',
    entityId: id,
    facts: { version: '1', status: 'published' },
    values: { name: { after: name } },
  }
}
