import { exportable, tableNamed } from '#exports/records/catalogue'
import { pages } from '#exports/records/pages'
import type { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import { visibleAmong } from '#models/project/visibility'
import { visibleItems } from '#models/raid/visibility'
import { sealedParts } from '#models/review/reading'
import type { Condition } from '#tenancy/conditions'
import Tenancy from '#tenancy/tenancy'
import type { References } from '#transfer/catalogue'
import type { Row } from '#transfer/format'
import { HISTORY, PARTS, type Part } from '#transfer/parts'

/** Tables to whose rows a file may refer: those exported, and those behind the names. */
const NAMEABLE = new Set([
  ...[...PARTS, ...HISTORY].map(({ table }) => table),
  'projects',
  'memberships',
  'external_resources',
])

/** Which rows are exported: those of the project that the exporter may see. */
export class Selection {
  readonly organisationId = Tenancy.current().organisationId
  readonly #items: Condition

  constructor(
    readonly project: Project,
    readonly viewer: Viewer,
    readonly references: References
  ) {
    const [visible, values] = visibleItems(viewer, project)
    this.#items = [
      `select raid_items.id from raid_items
        where raid_items.organisation_id = ? and raid_items.project_id = ? and ${visible}`,
      [this.organisationId, project.id, ...values],
    ]
  }

  /** The rows of a part, page by page, each in its own transaction. */
  async *rows(part: Part): AsyncGenerator<Row[]> {
    const { columns, table } = await Tenancy.system(this.organisationId, async () => {
      const found = await tableNamed(`public.${part.table}`)
      const kept = exportable(found).filter(({ name }) => this.#travels(part, name))
      return { table: found, columns: kept }
    })
    const where = this.#where(part.of ?? 't.project_id = :project')
    const concealed = CONCEALED[part.table]
    for await (const rows of pages(this.organisationId, { table, columns, where })) {
      if (concealed) await Tenancy.system(this.organisationId, () => concealed(rows, this))
      yield rows
    }
  }

  /** How many entries of the project are left out. SQL on `raid_items t`. */
  get hidden() {
    return this.#where('t.project_id = :project and t.id not in (:items)')
  }

  #travels({ table, without = [] }: Part, column: string) {
    if (column === 'organisation_id' || without.includes(column)) return false
    const target = this.references.get(table)?.get(column)
    return !target || NAMEABLE.has(target)
  }

  #where(text: string) {
    const values: unknown[] = []
    const filled = text.replaceAll(/:(organisation|project|items|tasks)\b/g, (_, name: string) => {
      const [sql, given] = this.#sql(name)
      values.push(...given)
      return sql
    })
    return {
      text: `t.organisation_id = ? and (${filled})`,
      values: [this.organisationId, ...values],
    }
  }

  /**
   * Tasks for a hidden entry are left out with it. The organisation is named by its value: a query that takes it from
   * each row is run again for each.
   */
  #sql(name: string): Condition {
    const [items, values] = this.#items
    if (name === 'items') return [items, values]
    if (name === 'project') return ['?', [this.project.id]]
    if (name === 'organisation') return ['?', [this.organisationId]]
    const tasks = `select tasks.id from tasks where tasks.organisation_id = ?
      and tasks.project_id = ? and (tasks.raid_item_id is null or tasks.raid_item_id in (${items}))`
    return [tasks, [this.organisationId, this.project.id, ...values]]
  }
}

/** What pages conceal in rows that are shown: other projects that the exporter may not see, and parts of packs. */
const CONCEALED: Record<string, (rows: Row[], selection: Selection) => Promise<void>> = {
  async raid_items(rows, { viewer }) {
    const others = rows.flatMap((row) => (row.counterpart_project_id as string | null) ?? [])
    const visible = await visibleAmong(others, viewer)
    for (const row of rows) {
      if (!visible.has(String(row.counterpart_project_id))) row.counterpart_project_id = null
    }
  },
  async gate_pack_sections(rows, { project, viewer }) {
    for (const [id, sections] of Map.groupBy(rows, (row) => String(row.review_id))) {
      const parts = await sealedParts(viewer, project, { id })
      const bodies = new Map(parts.map(({ name, body }) => [String(name), body]))
      for (const row of sections) row.body = bodies.get(String(row.name))
    }
  },
}
