import { randomUUID } from 'node:crypto'
import type Project from '#models/project'
import ApiToken from '#models/api_token'
import CalendarFeed from '#models/calendar_feed'
import Import from '#models/import'
import Invitation from '#models/invitation'
import Membership from '#models/membership'
import ProjectMember from '#models/project_member'
import RaidItem from '#models/raid_item'
import RaidLink from '#models/raid_link'
import Task from '#models/task'
import { permissions, type Ability, type Role } from '#policies/permissions'
import { addCategory } from '#tests/support/settings'
import { populated } from '#tests/support/populated'
import { register, type Person, type World } from '#tests/support/world'

type MemberKind = 'member' | 'owner' | 'deactivated'

/** An organisation with a project and an item of each kind, to send requests to. */
export class Scene {
  constructor(
    readonly world: World,
    readonly project: Project,
    private manager: Person
  ) {}

  raise = () =>
    this.world.inside(
      () =>
        RaidItem.raise(this.project, { type: 'risk', nature: 'threat', title: 'Tide gate leaks' }),
      this.manager
    )

  link = async () => {
    const [from, to] = [await this.raise(), await this.raise()]
    return this.world.inside(() =>
      RaidLink.create({ fromId: from.id, toId: to.id, kind: 'relates_to' })
    )
  }

  /** A task of the manager's. */
  task = () => {
    const assigneeId = this.manager.membershipId
    return this.world.inside(
      () => Task.add(this.project, { title: 'Grease the gate', assigneeId }),
      this.manager
    )
  }

  /** A new member without any work yet. */
  member = async (kind: MemberKind = 'member'): Promise<Person> => {
    const person = await this.world.join(
      await register('extra'),
      kind === 'owner' ? 'owner' : 'member'
    )
    if (kind === 'deactivated') await this.#deactivate(person)
    return person
  }

  #deactivate({ membershipId }: Person) {
    return this.world.inside(async () => (await Membership.findOrFail(membershipId)).deactivate())
  }

  /** A calendar address and its owner. */
  feed = async () => {
    const owner = await this.member()
    const feed = await this.world.inside(async () => {
      await CalendarFeed.open('tasks')
      return CalendarFeed.mine().firstOrFail()
    }, owner)
    return { feed, owner }
  }

  /** A token and its owner. */
  token = async () => {
    const owner = await this.member()
    const { id } = await this.world.inside(async () => {
      await ApiToken.issueOwn({ name: 'Script', scopes: ['raid:read'], days: 30 })
      return ApiToken.findByOrFail('membershipId', owner.membershipId)
    }, owner)
    return { id, owner }
  }

  /** A role in the project. */
  grant = async () => {
    const { membershipId } = await this.member()
    return this.world.inside(() => ProjectMember.grant(this.project, membershipId, 'team'))
  }

  /** An invitation that waits for its answer. */
  invite = () =>
    this.world.inside(async () => {
      const { name, membershipId } = this.manager
      const email = `invited-${randomUUID()}@example.test`
      await Invitation.invite({ email, role: 'member', projects: [] }, { name, membershipId })
      return Invitation.findByOrFail('email', email)
    })

  /** A separate risk category. */
  category = (kind?: 'retired') => addCategory(this.world, kind)

  /** A file that waits to be imported, or one that was. */
  bring = (state: 'draft' | 'imported') =>
    this.world.inside(async () => {
      const log = Buffer.from('Risk,Status\nTide gate leaks,Open')
      const draft = await Import.upload(this.project, 'log.csv', log)
      if (state === 'draft') return draft
      const viewer = await this.world.viewer(this.manager)
      await draft.execute(this.project, await draft.plan(), { viewer, seen: null })
      return draft
    }, this.manager)
}

export async function setScene(name?: string): Promise<Scene> {
  const { world, project } = await populated(name)
  await world.inside(() => project.merge({ visibility: 'members' }).save())
  return new Scene(world, project, await world.person('manager'))
}

/** The member who has this ability: the first role that is listed for it. */
export function holder({ world }: Scene, ability: Ability): Promise<Person> {
  const [role]: Role[] = permissions[ability]
  return world.person(role)
}
