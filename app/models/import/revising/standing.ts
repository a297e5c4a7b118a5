import type { Order } from '#models/import/revising/places'
import type Project from '#models/project'
import type Task from '#models/task'
import { refusedFamilies } from '#models/task/bulk/families'
import { circlesOf } from '#models/task/circles'
import { taskRef } from '#models/task/refs'
import { sql } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/** A task about to be saved, and its predecessors afterwards. */
type Placing = { record: Task; order?: Order | null }

/**
 * Why tasks about to be saved together would break a rule: subtasks have one level, no task waits in a circle or for
 * its own parent, and nothing open is part of something settled. By their ids.
 */
export async function refusedPlacings(project: Project, placings: Placing[]) {
  const reasons = await refusedPlaces(project, placings)
  const moved = placings.filter(
    ({ record }) => !reasons.has(record.id) && (isMoved(record) || 'status' in record.$dirty)
  )
  if (moved.length === 0) return reasons
  const byNumber = new Map(moved.map(({ record }) => [record.number, record.id]))
  for (const { number, reason } of await refusedFamilies(moved.map(({ record }) => record))) {
    reasons.set(byNumber.get(number)!, reason)
  }
  return reasons
}

function isMoved(record: Task) {
  return 'parentId' in record.$dirty
}

async function refusedPlaces(project: Project, placings: Placing[]) {
  const placed = placings.filter(({ record, order }) => isMoved(record) || order)
  const reasons = new Map<string, string>()
  if (placed.length === 0) return reasons
  const outline = await Outline.of(project, placed)
  for (const { record, order } of placed) {
    const reason =
      (isMoved(record) && outline.whyNotUnder(record)) || whyNotAfter(record, order, outline)
    if (reason) reasons.set(record.id, reason)
  }
  return reasons
}

function whyNotAfter(record: Task, order: Order | null | undefined, outline: Outline) {
  const added = order?.added ?? []
  if (added.some(({ id }) => id === record.id)) return 'A task cannot wait for itself'
  const circle = added.find(({ id }) => outline.isCircle(record.id, id))
  if (circle) return `${circle.ref} already waits for it`
  return outline.waitsWithinFamily(record.id)
    ? 'A task and its own subtask cannot wait for each other'
    : null
}

/** The parents and predecessors of tasks, once everything is saved. */
class Outline {
  readonly #wholes = new Set<string>()
  #circles = new Map<string, number>()

  private constructor(
    readonly project: Project,
    readonly numbers: Map<string, number>,
    readonly parents: Map<string, string | null>,
    readonly links: Map<string, Set<string>>
  ) {}

  static async of(project: Project, placings: Placing[]) {
    const { trx, organisationId } = Tenancy.current()
    const place = [organisationId, project.id]
    const tasks = await sql<TaskRow>(trx, TASKS, place)
    const links = await sql<LinkRow>(trx, LINKS, place)
    const outline = new Outline(
      project,
      new Map(tasks.map(({ id, number }) => [id, number])),
      new Map(tasks.map(({ id, parent_id: parent }) => [id, parent])),
      new Map()
    )
    for (const { task_id: task, predecessor_id: before } of links) outline.#link(task, before)
    for (const placing of placings) outline.#place(placing)
    for (const whole of outline.parents.values()) if (whole) outline.#wholes.add(whole)
    outline.#circles = circlesOf(outline.links)
    return outline
  }

  #place({ record, order }: Placing) {
    if (isMoved(record)) this.parents.set(record.id, record.parentId)
    for (const { id } of order?.removed ?? []) this.links.get(record.id)?.delete(id)
    for (const { id } of order?.added ?? []) this.#link(record.id, id)
  }

  #link(task: string, before: string) {
    const known = this.links.get(task)
    if (known) known.add(before)
    else this.links.set(task, new Set([before]))
  }

  whyNotUnder({ id, parentId }: Task): string | null {
    if (!parentId) return null
    if (parentId === id) return 'A task cannot be its own subtask'
    if (!this.parents.has(parentId)) return 'Its parent task no longer exists'
    if (this.parents.get(parentId)) {
      const ref = taskRef(this.project.code, this.numbers.get(parentId)!)
      return `${ref} is itself a subtask. Only one level of subtasks is possible`
    }
    return this.#wholes.has(id)
      ? 'It has its own subtasks. Only one level of subtasks is possible'
      : null
  }

  /** True when a task's predecessors wait for it, by however many steps. */
  isCircle(task: string, before: string) {
    return this.#circles.get(task) === this.#circles.get(before)
  }

  waitsWithinFamily(id: string) {
    const whole = this.parents.get(id)
    const isLinked = (one: string, other: string) =>
      this.links.get(one)?.has(other) || this.links.get(other)?.has(one)
    if (whole && isLinked(id, whole)) return true
    return [...(this.links.get(id) ?? [])].some((before) => this.parents.get(before) === id)
  }
}

type TaskRow = { id: string; number: number; parent_id: string | null }
type LinkRow = { task_id: string; predecessor_id: string }

const TASKS = 'select id, number, parent_id from tasks where organisation_id = ? and project_id = ?'
const LINKS = `select task_id, predecessor_id from task_predecessors
  where organisation_id = ? and project_id = ?`
