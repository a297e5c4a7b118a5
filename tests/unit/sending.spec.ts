import { test } from '@japa/runner'
import { sendTogether } from '#tenancy/sending'

/** Stands for a client of pg: notes what it is asked, and when its stream holds back and lets go. */
class Client {
  readonly happened: string[] = []
  readonly connection = {
    stream: {
      cork: () => this.happened.push('hold'),
      uncork: () => this.happened.push('let go'),
    },
  }

  async query(text: string) {
    this.happened.push(text)
    if (text === 'wrong') throw new Error('refused')
  }
}

test.group('Sending', () => {
  test('statements sent before an answer can come leave in one write', async ({ assert }) => {
    const client = new Client()
    sendTogether(client as any)
    await client.query('begin')
    await client.query('enter')
    await new Promise(setImmediate)
    await client.query('commit')
    await new Promise(setImmediate)
    assert.deepEqual(client.happened, [
      'hold',
      'begin',
      'enter',
      'let go',
      'hold',
      'commit',
      'let go',
    ])
  })

  test('a query that is refused at once holds nothing back', async ({ assert }) => {
    const client = new Client()
    sendTogether(client as any)
    await assert.rejects(() => client.query('wrong'), 'refused')
    await new Promise(setImmediate)
    assert.deepEqual(client.happened, ['hold', 'wrong', 'let go'])
  })
})
