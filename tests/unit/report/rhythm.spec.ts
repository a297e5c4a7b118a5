import { test } from '@japa/runner'
import { dayBefore, firstAfter } from '#models/report/rhythm'
import type { Cadence } from '#models/report/enumerations'

const cases: [after: string, Cadence, first: string, next: string, before: string | null][] = [
  ['2026-01-01', 'weekly', '2026-01-09', '2026-01-09', null],
  ['2026-01-09', 'weekly', '2026-01-09', '2026-01-16', '2026-01-09'],
  ['2026-01-15', 'weekly', '2026-01-09', '2026-01-16', '2026-01-09'],
  ['2026-01-16', 'fortnightly', '2026-01-09', '2026-01-23', '2026-01-09'],
  ['2026-01-31', 'monthly', '2026-01-31', '2026-02-28', '2026-01-31'],
  ['2026-02-28', 'monthly', '2026-01-31', '2026-03-31', '2026-02-28'],
  ['2026-03-30', 'monthly', '2026-01-31', '2026-03-31', '2026-02-28'],
  ['2028-02-01', 'monthly', '2026-01-31', '2028-02-29', '2028-01-31'],
  ['2026-12-15', 'monthly', '2026-01-15', '2027-01-15', '2026-12-15'],
]

test.group('When the next report is due', () => {
  test('{1} from {2}, after {0}')
    .with(cases)
    .run(({ assert }, [after, cadence, first, next, before]) => {
      assert.equal(firstAfter(after, cadence, first), next)
      assert.equal(dayBefore(next, cadence, first), before)
    })
})
