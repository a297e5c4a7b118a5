import { test } from '@japa/runner'
import { heapLimits } from '../../../bin/small_heap.js'

test.group('The heap of a command', () => {
  test('is small where everything of an organisation is read', ({ assert }) => {
    for (const command of ['privacy:export', 'organisations:export', 'audit:verify']) {
      assert.match(heapLimits(command, ['']).join(' '), /semi-space-size=\d+ .*old-space-size=\d+/)
    }
  })

  test('is V8’s default elsewhere, and can be set', ({ assert }) => {
    assert.isEmpty(heapLimits('worker', ['']))
    assert.isEmpty(heapLimits(undefined, ['']))
    const limits = heapLimits('privacy:export', ['--enable-source-maps'])
    assert.isNotEmpty(limits)
    assert.isEmpty(heapLimits('privacy:export', limits))
    assert.isEmpty(heapLimits('privacy:export', ['', '--max_old_space_size=1024']))
  })
})
