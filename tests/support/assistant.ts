import type { Group } from '@japa/runner/core'
import type { ApiResponse } from '@japa/api-client'
import AiProposal from '#models/ai_proposal'
import AssistantSettings from '#models/assistant_settings'
import type Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { FakeClaude } from '#tests/support/claude'
import { eventually } from '#tests/support/eventually'
import { unescaped } from '#tests/support/html'
import { World, type Person } from '#tests/support/world'

/** Claude’s stand-in, and an organisation that may ask it, new for each test. */
class Desk {
  declare claude: FakeClaude
  declare world: World
  declare project: Project
  declare manager: Person
  declare team: Person

  /** The pages of the assistant in the project. */
  get page() {
    return `/projects/${this.project.id}/assistant`
  }

  async lay() {
    this.claude.forget()
    this.world = await World.create()
    this.project = await this.world.project()
    this.manager = await this.world.person('manager')
    this.team = await this.world.person('team')
    await switchOn(this.world)
  }

  /** The question, by the address that leads to it or else the only one, once it has ended. */
  async settled(asked?: ApiResponse) {
    const id = asked?.header('location')?.split('/').at(-1)
    await eventually(async () => {
      const [row] = await this.#asked(id)
      return row !== undefined && row.status !== 'running'
    })
    const [row] = await this.#asked(id)
    return row
  }

  /** What was proposed in the organisation, in order. */
  proposals() {
    return this.world.inside(() => AiProposal.query().orderBy('position').exec())
  }

  #asked(id?: string) {
    if (id) return sql(admin(), 'select * from ai_interactions where id = ?', [id])
    return sql(admin(), 'select * from ai_interactions where organisation_id = ?', [
      this.world.organisationId,
    ])
  }
}

/** A desk for a group of tests, new for each. */
export function deskFor(group: Group) {
  const desk = new Desk()
  group.setup(async () => {
    desk.claude = await FakeClaude.start()
    return () => desk.claude.stop()
  })
  group.each.setup(() => desk.lay())
  return desk
}

/** The body of a call as a page shows it, byte for byte. */
export function wholeIn(html: string) {
  const [, shown] = html.match(/byte for byte<\/summary>\s*<pre[^>]*>([\s\S]*?)<\/pre>/)!
  return unescaped(shown)
}

/** Switches the assistant on for an organisation. */
export function switchOn(world: World, budgets: Partial<AssistantSettings> = {}) {
  return world.inside(async () => {
    const { lockVersion } = await AssistantSettings.current()
    await AssistantSettings.revise({ isEnabled: true, ...budgets }, lockVersion)
  })
}
