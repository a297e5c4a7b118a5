import type { Column, ColumnKind } from '#exports/list'
import { conditionColumns } from '#exports/lists/conditions'
import { escalationColumns } from '#exports/lists/escalations'
import { gateCalendarColumns } from '#exports/lists/gate_calendar'
import { gateColumns } from '#exports/lists/gates'
import { memberColumns } from '#exports/lists/members'
import { portfolioColumns } from '#exports/lists/portfolio'
import { projectColumns } from '#exports/lists/projects'
import { projectRequestColumns } from '#exports/lists/project_requests'
import { raidColumns } from '#exports/lists/raid'
import { overviewColumns } from '#exports/lists/report_overview'
import { reportColumns } from '#exports/lists/reports'
import { taskColumns } from '#exports/lists/tasks'
import { types, type RaidType } from '#models/raid/enumerations'

/** The columns of every list that can be exported, by its name in the audit trail. */
function exportedColumns(): Record<string, Column<any>[]> {
  const raid = (Object.keys(types) as RaidType[]).map((type) => [type, raidColumns(type)])
  return {
    ...Object.fromEntries(raid),
    escalation: escalationColumns,
    task: taskColumns,
    gate: gateColumns,
    gate_calendar: gateCalendarColumns,
    gate_condition: conditionColumns,
    report_overview: overviewColumns,
    status_report: reportColumns({ code: '' }),
    project: projectColumns,
    project_request: projectRequestColumns,
    portfolio: portfolioColumns,
    membership: memberColumns,
  }
}

/** Every list's JSON: one schema each (JSON Schema 2020-12), with the headings of its other formats. */
export function exportSchema() {
  const lists = Object.entries(exportedColumns()).map(([name, columns]) => [name, listOf(columns)])
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:orchestrate:lists',
    title: 'Lists as JSON',
    description:
      'Each list is an array of objects with every key, null where there is nothing. Choices are codes. A key stays what it is; new ones may come.',
    $defs: Object.fromEntries(lists),
  }
}

function listOf(columns: Column<any>[]) {
  return {
    type: 'array',
    items: {
      type: 'object',
      required: columns.map(({ key }) => key),
      properties: Object.fromEntries(
        columns.map(({ key, header, kind = 'line' }) => [key, { title: header, ...KINDS[kind] }])
      ),
    },
  }
}

const TEXT = { type: ['string', 'null'] }

/** A single-line value may be a number on a scale. */
const KINDS: Record<ColumnKind, object> = {
  line: { type: ['string', 'number', 'null'] },
  text: TEXT,
  number: { type: ['number', 'null'] },
  date: { ...TEXT, format: 'date' },
  instant: { ...TEXT, format: 'date-time' },
}
