import type { ApiClient } from '@japa/api-client'
import { planImport } from '#imports/index'
import ImportMapping from '#models/import_mapping'
import type Project from '#models/project'
import { sql } from '#tenancy/sql'
import { admin } from '#tests/support/admin'
import { unescaped } from '#tests/support/html'
import { World, type Person } from '#tests/support/world'

/** The log that most import tests use: two risks and a total row, which is not an entry. */
export const SMALL_LOG = [
  'ID,Risk,Status,Owner,Likelihood,Impact',
  'R1,The crane arrives late,Open,"PERSON, Manager",4,5',
  'R2,Two testers leave,Parked,Somebody Else,2,',
  'Total,2,,,,',
].join('\n')

type Upload = { client: ApiClient; person: Person; project: { id: string } }

/** Uploads a file and returns the address of its draft. */
export async function upload(
  { client, person, project }: Upload,
  content: string | Buffer = SMALL_LOG,
  filename = 'risks.csv'
) {
  const response = await client
    .post(`/projects/${project.id}/imports`)
    .as(person)
    .file('file', Buffer.from(content as string), { filename })
  response.assertStatus(303)
  return response.header('location')!.replace('/edit', '')
}

/** The manager of a project in a new organisation, who imports files into it. */
export class Importing {
  constructor(
    readonly world: World,
    readonly project: Project,
    readonly person: Person
  ) {}

  static async begin<Kind extends Importing>(
    this: new (world: World, project: Project, person: Person) => Kind
  ) {
    const world = await World.create()
    return new this(world, await world.project(), await world.person('manager'))
  }

  /** Uploads a file and returns the address of its draft. */
  upload(client: ApiClient, content?: string | Buffer, filename?: string) {
    const { person, project } = this
    return upload({ client, person, project }, content, filename)
  }

  /** The text of a draft's preview. */
  async preview(client: ApiClient, path: string) {
    return unescaped((await client.get(`${path}/edit`).as(this.person)).text())
  }

  /** Imports what the preview of a draft shows. */
  execute(client: ApiClient, path: string) {
    return client.post(`${path}/execution`).as(this.person)
  }
}

type Told = {
  action: string
  entity_id: string
  /** The member who did it. */
  actor_ref: string | null
  facts: Record<string, unknown>
}

/** The audit events of an organisation whose action is like this, oldest first. */
export function eventsOf(world: World, like: string): Promise<Told[]> {
  return sql(
    admin(),
    `select action, entity_id, actor_ref, facts from audit.events
      where organisation_id = ? and action like ? order by seq`,
    [world.organisationId, like]
  )
}

/** Someone's mapping with a unique name, for files with these headings. */
export async function keepMapping(world: World, person: Person, text = 'Risk,Status\nLate,Open') {
  const viewer = await world.viewer(person)
  const [table] = planImport(Buffer.from(text), 'log.csv').tables
  return world.inside(() => ImportMapping.keep(viewer, table, `Mapping ${Math.random()}`), person)
}
