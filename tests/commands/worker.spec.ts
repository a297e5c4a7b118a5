import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from '@japa/runner'

test.group('node ace worker', () => {
  test('stops on SIGTERM', async ({ assert }) => {
    const worker = spawn(process.execPath, ['ace.js', 'worker'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    worker.stderr.on('data', (chunk) => (output += chunk))
    await new Promise<void>((resolve, reject) => {
      worker.stdout.on('data', (chunk) => {
        output += chunk
        if (output.includes('Worker started')) resolve()
      })
      worker.once('exit', () => reject(new Error(output)))
    })
    worker.kill('SIGTERM')
    const [code] = await once(worker, 'exit')
    assert.equal(code, 0, output)
  })
})
