import { Disk } from 'flydrive'
import { S3Driver } from 'flydrive/drivers/s3'
import { test } from '@japa/runner'
import drive from '@adonisjs/drive/services/main'
import { v7 as uuidv7 } from 'uuid'
import { claudeSettings } from '#config/assistant'
import { storeOptions } from '#config/files'
import { bodyOf, ClaudeClient } from '#assistant/client'
import { failures } from '#assistant/failure'
import { mintInvocation } from '#assistant/invocations'
import { Reply } from '#assistant/reply'
import { Auth0Management } from '#identity/auth0_management'
import { ResendClient } from '#mails/resend_client'
import { openFile } from '#models/stored_file/files'
import { faults, TroubledPeer, type Fault } from '#tests/support/troubled_peer'
import { toThisMachine } from '#tests/support/webhooks'
import { World } from '#tests/support/world'
import { post } from '#webhooks/sending'

/** Milliseconds to wait for one that never answers, and for one that does, however busy the machine is. */
const patienceWith = (fault: Fault) => (fault === 'silent' ? 150 : 20_000)

/** Asks a service that has a fault, and says in a word what its client made of it. */
type Ask = (url: string, patience: number) => Promise<string>

const resend: Ask = async (url, patience) => {
  const settings = { apiKey: 'key', baseUrl: url, from: 'a@example.test', timeout: patience }
  const mail = {
    id: uuidv7(),
    to: 'b@example.test',
    subject: 'Hello',
    text: 'Hello',
    html: 'Hello',
  }
  const { kind } = await new ResendClient(settings).send({ ...mail, unsubscribeUrl: null })
  return kind
}

const webhook: Ask = async (url, patience) => {
  const { failure } = await post({ url, headers: {}, body: '{}' }, toThisMachine, patience)
  return failure ?? 'told'
}

const accounts: Ask = async (url, patience) => {
  const settings = { domain: new URL(url), clientId: 'id', clientSecret: 'secret' }
  const { kind } = await new Auth0Management(settings, patience).remove('auth0|x')
  return kind
}

const claude: Ask = async (url, patience) => {
  const world = await World.create()
  const project = await world.project()
  const invocation = await world.inside(
    () => mintInvocation({ method: () => 'POST' }, { projectId: project.id, feature: 'ask' }),
    await world.person('manager')
  )
  const messages = [{ role: 'user' as const, content: 'How is it going?' }]
  const body = bodyOf({ system: [], messages, maxTokens: 100 }, invocation.membershipId)
  const timeouts = { first: patience, between: patience, whole: 20 * patience }
  const client = new ClaudeClient({ ...claudeSettings, apiKey: 'key', baseUrl: url, timeouts })
  const { kind } = await failureOf(client.answer(invocation, body, new Reply()))
  return kind in failures ? 'told' : String(kind)
}

const store: Ask = async (url, patience) => {
  const bucket = { bucket: 'evidence', endpoint: url, region: 'eu-central-1' }
  const options = storeOptions(
    { ...bucket, accessKeyId: 'id', secretAccessKey: 'secret' },
    { connect: patience, answer: patience }
  )
  const disk = new Disk(new S3Driver(options))
  ;(drive as any).use = () => disk
  const file = {
    home: 'evidence' as const,
    id: uuidv7(),
    fileKey: 'evidence/file',
    sha256: '0'.repeat(64),
  }
  const world = await World.create()
  const stream = await world.inside(() => openFile(file))
  const { trouble } = await failureOf(stream.toArray())
  return trouble
}

/** What each client makes of each fault: nothing is thrown at whoever works, and nothing is taken for done. */
const OUTCOMES: { name: string; ask: Ask; made: Record<Fault, string> }[] = [
  { name: 'Resend', ask: resend, made: all('unclear') },
  {
    name: 'a webhook’s receiver',
    ask: webhook,
    // Its status is all that is read.
    made: {
      down: 'unreachable',
      silent: 'timeout',
      error: 'refused',
      html: 'told',
      truncated: 'told',
      huge: 'told',
    },
  },
  { name: 'Auth0’s Management API', ask: accounts, made: all('refused') },
  { name: 'Claude', ask: claude, made: all('told') },
  {
    name: 'the store of files',
    ask: store,
    made: { ...all('unreachable'), html: 'altered', huge: 'altered' },
  },
]

test.group('Services of others', (group) => {
  group.each.teardown(() => {
    delete (drive as any).use
  })

  for (const { name, ask, made } of OUTCOMES) {
    test(`${name}, {$self}`)
      .with([...faults])
      .run(async ({ assert, cleanup }, fault) => {
        const peer = await TroubledPeer.start(fault)
        if (fault !== 'down') cleanup(() => peer.stop())
        assert.equal(await ask(peer.origin, patienceWith(fault)), made[fault])
      })
  }
})

function all(outcome: string) {
  return Object.fromEntries(faults.map((fault) => [fault, outcome])) as Record<Fault, string>
}

async function failureOf(work: Promise<unknown>): Promise<any> {
  return work.then(
    () => ({}),
    (error) => error
  )
}
