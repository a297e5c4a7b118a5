import { doubtAbout } from '#models/import/doubts'
import type { Member } from '#models/import/members'
import type { People } from '#models/import/people'
import Membership from '#models/membership'
import type Project from '#models/project'
import type Task from '#models/task'
import Tenancy from '#tenancy/tenancy'

/** Who gets a task, and what there is to report about that. */
type Given = { columns: Partial<Task>; name: string; notes: string[] }

/**
 * The people whom names in a plan mean. A task always belongs to someone: if no one here matches, it goes to the
 * project's manager, and the names stay readable beside it.
 */
export class Assignees {
  private constructor(
    readonly people: People,
    readonly fallback: Member
  ) {}

  static async of(project: Project, people: People) {
    const id = project.managerId ?? Tenancy.current().membershipId!
    const names = await Membership.names([id])
    const fallback = { id, name: names.get(id) ?? 'the project’s manager' }
    return new Assignees(people, fallback)
  }

  meantBy(written: string | undefined): Given {
    if (!written) return this.#unknown(null, 'No one is named')
    const known = this.known(written)
    if (known) return known
    const problem = this.people.members.knows(written) ? 'cannot see this project' : UNKNOWN
    const question = doubtAbout(written)
    const why = question
      ? `“${written}”: ${question} No one here has it`
      : `“${written}” ${problem}`
    return this.#unknown(written, why)
  }

  /** The person with these names who can be assigned the task; null for no one. */
  known(written: string): Given | null {
    const whole = this.#find(written)
    if (whole) return this.#known(whole, written, null)
    const parts = written.split(/[,;/&+\n]| and | und /i).map((part) => part.trim())
    const first = parts.map((part) => this.#find(part)).find((found) => found !== null)
    return first ? this.#known(first, written, written) : null
  }

  #find(label: string) {
    const { externals, members } = this.people
    const member = members.find(label)
    if (member) return this.people.seeing.has(member.id) ? { ...member, isOutside: false } : null
    const external = members.knows(label) ? null : externals.find(label)
    return external && { ...external, isOutside: true }
  }

  #known(
    { id, name, isOutside }: Member & { isOutside: boolean },
    written: string,
    label: string | null
  ): Given {
    const note = label
      ? `“${written}”: assigned to ${name}, since a task has one assignee; the names are kept`
      : `Assignee “${written}” is ${name}${isOutside ? ' (external); they are not notified' : ''}`
    return {
      columns: {
        assigneeId: isOutside ? null : id,
        externalResourceId: isOutside ? id : null,
        assigneeLabel: label,
      },
      name,
      notes: label || isOutside || name !== written ? [note] : [],
    }
  }

  #unknown(label: string | null, why: string): Given {
    const { id, name } = this.fallback
    const kept = label ? ', and the name is kept' : ''
    return {
      columns: { assigneeId: id, externalResourceId: null, assigneeLabel: label },
      name,
      notes: [`${why}: assigned to ${name}${kept}`],
    }
  }
}

const UNKNOWN = 'is not known here'
