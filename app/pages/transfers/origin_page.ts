import { outcomes, type Outcome } from '#models/deciding/enumerations'
import Gate from '#models/gate'
import type Project from '#models/project'
import { gateRef } from '#models/gate/refs'
import ProjectImport, { type History } from '#models/project_import'
import { conditionRef } from '#models/condition/refs'
import { reportRef } from '#models/report/refs'

type Row = Record<string, any>

/** Where a project comes from, and what was decided there, in the words it was exported with. */
export async function originState(project: Project) {
  const imports = await ProjectImport.of(project)
  const gates = new Map(
    (await Gate.of(project)).map(({ id, name, number }) => [
      id,
      `${gateRef(project.code, number)} ${name}`,
    ])
  )
  return {
    origins: imports.map(({ createdAt, history, origin }) => ({
      origin,
      importedAt: createdAt,
      sections: sectionsOf(history ?? {}, project, gates),
    })),
  }
}

function sectionsOf(history: History, project: Project, gates: Map<string, string>) {
  const rows = (table: string): Row[] => history[table] ?? []
  const gateOf = (row: Row) => gates.get(row.gate_id) ?? 'A gate'
  return [
    {
      title: 'Decisions on gates',
      entries: rows('gate_decisions').map((row) => ({
        title: `${gateOf(row)}: ${outcomes[row.outcome as Outcome] ?? row.outcome}`,
        on: row.decided_at,
        text: row.rationale,
      })),
    },
    {
      title: 'Conditions',
      entries: rows('gate_conditions').map((row) => ({
        title: `${conditionRef(project.code, row.number)} (${row.state}): ${row.text}`,
        on: row.due_on,
        text: row.answer ?? row.claim,
      })),
    },
    {
      title: 'Status reports',
      entries: rows('status_reports').map((row) => ({
        title: `${reportRef(project.code, row.number)}, version ${row.version}`,
        on: row.published_at,
        text: row.summary,
      })),
    },
    {
      title: 'Ratings',
      entries: rows('project_ratings').map((row) => ({
        title: `${row.dimension}: ${row.rating}`,
        on: row.declared_at,
        text: row.reason,
      })),
    },
    {
      title: 'Delivery confidence',
      entries: rows('delivery_confidences').map((row) => ({
        title: row.rating,
        on: row.given_at,
        text: row.rationale,
      })),
    },
  ].filter(({ entries }) => entries.length > 0)
}
