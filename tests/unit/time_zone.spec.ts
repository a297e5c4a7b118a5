import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import { timeZoneNamed, timeZones } from '#models/time_zone'
import { day, iso, lately, moment } from '#registries/formats'

test.group('Time zones', () => {
  test('every one that is offered is understood and can be told in', ({ assert }) => {
    assert.isAbove(timeZones.length, 400)
    assert.lengthOf(timeZones, new Set(timeZones).size)
    for (const zone of timeZones) {
      assert.equal(timeZoneNamed(zone), zone)
      assert.isTrue(DateTime.utc().setZone(zone).isValid, zone)
    }
  })

  test('is known by its name in any case, its city or its former name', ({ assert }) => {
    assert.equal(timeZoneNamed(' europe/london '), 'Europe/London')
    assert.equal(timeZoneNamed('new york'), 'America/New_York')
    assert.equal(timeZoneNamed('Europe/Kiev'), 'Europe/Kyiv')
    assert.equal(timeZoneNamed('utc'), 'UTC')
    for (const text of ['', 'Mars', '+01:00', 'Europe/', '__proto__', 'constructor']) {
      assert.isNull(timeZoneNamed(text), text)
    }
  })
})

test.group('Moments', () => {
  const at = '2026-03-29T00:30:00Z'

  test('are told in the zone given, whatever form they come in', ({ assert }) => {
    for (const value of [at, new Date(at), DateTime.fromISO(at, { zone: 'Asia/Tokyo' })]) {
      assert.equal(moment(value), '29 Mar 2026, 00:30')
      assert.equal(moment(value, 'America/New_York'), '28 Mar 2026, 20:30')
      assert.equal(iso(value), '2026-03-29T00:30:00Z')
      assert.equal(day(value), '29 Mar 2026')
    }
    assert.equal(
      moment(DateTime.fromISO(at).plus({ hours: 1 }), 'Europe/London'),
      '29 Mar 2026, 02:30'
    )
  })

  test('a date alone is the same everywhere, and no date shows nothing', ({ assert }) => {
    assert.equal(day('2026-03-29'), '29 Mar 2026')
    assert.deepEqual([moment(null), day(undefined), iso(''), lately(null)], ['', '', '', ''])
  })

  test('are shown as days when recent', ({ assert }) => {
    const now = DateTime.utc(2026, 3, 29, 12)
    assert.equal(lately(at, now), 'today, 00:30')
    assert.equal(lately('2026-03-28T23:59:00Z', now), 'yesterday, 23:59')
    assert.equal(lately('2026-03-20T09:12:00Z', now), '20 Mar 2026, 09:12')
  })
})
