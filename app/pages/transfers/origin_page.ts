import { conditionStates } from '#models/condition/enumerations'
import { outcomes } from '#models/deciding/enumerations'
import Gate from '#models/gate'
import { confidenceRatings, dimensions, ratings } from '#models/health/enumerations'
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
        title: `${gateOf(row)}: ${named(outcomes, row.outcome)}`,
        on: row.decided_at,
        text: row.rationale,
      })),
    },
    {
      title: 'Conditions',
      entries: rows('gate_conditions').map((row) => ({
        title: `${conditionRef(project.code, row.number)} (${named(conditionStates, row.state)}): ${row.text}`,
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
        title: `${named(dimensions, row.dimension)}: ${named(ratings, row.rating)}`,
        on: row.declared_at,
        text: row.reason,
      })),
    },
    {
      title: 'Delivery confidence',
      entries: rows('delivery_confidences').map((row) => ({
        title: named(confidenceRatings, row.rating),
        on: row.given_at,
        text: row.rationale,
      })),
    },
  ].filter(({ entries }) => entries.length > 0)
}

/** A value in words, or as it came: anyone can make an archive. */
function named(labels: Record<string, string>, value: string) {
  return Object.hasOwn(labels, value) ? labels[value] : value
}
