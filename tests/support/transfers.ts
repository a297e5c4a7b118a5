import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import type { ApiClient } from '@japa/api-client'
import { zipStream } from '#exports/zip'
import { Viewer } from '#identity/viewer'
import type Project from '#models/project'
import ProjectImport from '#models/project_import'
import { references } from '#transfer/catalogue'
import { ProjectArchive } from '#transfer/export'
import { Selection } from '#transfer/reading'
import { runProjectImport } from '#transfer/run'
import Tenancy from '#tenancy/tenancy'
import { bytesOf } from '#tests/support/binary'
import { unzip } from '#tests/support/unzip'
import type { Person, World } from '#tests/support/world'
import { zipOf } from '#tests/support/zip'

/** A project's archive as downloaded. */
export async function archiveOf(client: ApiClient, person: Person, projectId: string) {
  const request = client.get(`/projects/${projectId}/archive`).as(person)
  request.request.buffer(true).parse(bytesOf)
  const response = await request
  response.assertStatus(200)
  return response.body() as unknown as Buffer
}

/** Uploads an archive and has it imported; returns the import as it ended. `meanwhile` runs while it waits. */
export async function restore(
  client: ApiClient,
  world: World,
  person: Person,
  archive: Buffer,
  code: string,
  meanwhile = async () => {}
) {
  const response = await client
    .post('/project-imports')
    .as(person)
    .file('file', archive, { filename: 'project.zip' })
    .field('code', code)
  response.assertStatus(303)
  const path = response.header('location')!
  const id = path.split('/').at(-1)!
  await meanwhile()
  await runProjectImport(world.organisationId, id)
  const row = await world.inside(() => ProjectImport.query().where('id', id).firstOrFail())
  return { path, row }
}

/** An archive with some of its files changed, and the manifest adapted unless it is changed itself. */
export async function forged(archive: Buffer, changes: Record<string, (text: string) => string>) {
  const files = unzip(archive)
  const manifest = JSON.parse(files.get('manifest.json')!.toString())
  for (const [path, change] of Object.entries(changes)) {
    const bytes = Buffer.from(change(files.get(path)?.toString() ?? ''))
    files.set(path, bytes)
    const listed = manifest.files.find((file: { path: string }) => file.path === path)
    const entry = {
      path,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    }
    if (listed) Object.assign(listed, entry)
    else if (path !== 'manifest.json') manifest.files.push(entry)
  }
  if (!changes['manifest.json']) files.set('manifest.json', Buffer.from(JSON.stringify(manifest)))
  return zipOf(files)
}

/** A project's archive without a request. */
export async function builtArchive(person: Person, project: Project) {
  const { organisationId, userId } = person
  const selection = await Tenancy.run(
    { organisationId, userId, requestId: null },
    async (entry) => {
      return new Selection(project, new Viewer(entry!), await references())
    }
  )
  return buffer(zipStream(new ProjectArchive(selection, 'Testing Ltd').files()))
}

/** An archive that waits to be imported. */
export function addProjectImport() {
  const origin = {
    organisation: 'Elsewhere',
    code: 'ATLAS',
    name: 'Atlas',
    exportedAt: '2026-03-02',
  }
  const upload = { bytes: Buffer.from('PK'), fileName: 'project.zip', origin }
  return ProjectImport.begin(upload, 'WAITING')
}
