import { test } from '@japa/runner'
import { pastedAddresses } from '#models/invitation/pasted'
import { processorTime } from '#tests/support/processor_time'

test.group('Pasted addresses', () => {
  test('are read in time that grows with their length alone', ({ assert }) => {
    const spent = processorTime()
    for (const run of ['@', '<@', '@>', '\t@', 'a@', '<', '; '])
      pastedAddresses(`<${run.repeat(100_000)}`)
    assert.isBelow(spent(), 5)
  })
})
