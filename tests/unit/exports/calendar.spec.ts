import { test } from '@japa/runner'
import { calendarFile, type CalendarEntry } from '#exports/calendar'
import { pick, randomFrom } from '#tests/support/random'

const ENTRY: CalendarEntry = {
  uid: 'task-1@orchestrate.example',
  day: '2026-12-01',
  title: 'ATLAS-T1 Survey the quay',
  url: 'https://orchestrate.example/projects/1/tasks/1?organisation=2',
  category: 'ATLAS',
  changedAt: new Date('2026-11-25T21:14:15.678Z'),
  version: 3,
}

/** The properties of a file's events as another program reads them: unfolded, split, unescaped. */
function eventsIn(file: string) {
  const lines = file.replaceAll('\r\n ', '').split('\r\n')
  return lines
    .join('\n')
    .split('BEGIN:VEVENT\n')
    .slice(1)
    .map((text) => {
      const properties = text.split('\nEND:VEVENT')[0].split('\n')
      return Object.fromEntries(
        properties.map((line) => {
          const [, name, value] = line.match(/^([A-Z-]+)(?:;[^:]*)?:(.*)$/)!
          return [name, value.replaceAll(/\\([\\;,nN])/g, (_, c) => (/n/i.test(c) ? '\n' : c))]
        })
      )
    })
}

test.group('Calendar files', () => {
  test('hold one all-day event for each entry', ({ assert }) => {
    const file = calendarFile('My tasks', [ENTRY])
    assert.equal(
      file,
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Orchestrate//Calendar//EN',
        'CALSCALE:GREGORIAN',
        'NAME:My tasks',
        'X-WR-CALNAME:My tasks',
        'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
        'X-PUBLISHED-TTL:PT1H',
        'BEGIN:VEVENT',
        'UID:task-1@orchestrate.example',
        'DTSTAMP:20261125T211415Z',
        'LAST-MODIFIED:20261125T211415Z',
        'SEQUENCE:3',
        'DTSTART;VALUE=DATE:20261201',
        'SUMMARY:ATLAS-T1 Survey the quay',
        'URL:https://orchestrate.example/projects/1/tasks/1?organisation=2',
        'CATEGORIES:ATLAS',
        'TRANSP:TRANSPARENT',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n')
    )
  })

  test('are the same file for the same entries', ({ assert }) => {
    assert.equal(calendarFile('My tasks', [ENTRY]), calendarFile('My tasks', [{ ...ENTRY }]))
  })

  const TITLES = [
    'Commas, semicolons; and back\\slashes',
    'A line\nand another\r\nand\rmore',
    'END:VEVENT\nBEGIN:VEVENT\nUID:forged',
    'x'.repeat(500),
    'Größe der Kaimauer prüfen – 測量碼頭牆 🏗️'.repeat(9),
    '👩‍🔧'.repeat(60),
    'half a pair \ud83d',
    'tab\tand bell\u0007',
    '',
  ]
  test('keep the title {title}')
    .with(TITLES.map((title) => ({ title })))
    .run(({ assert }, { title }) => {
      const file = calendarFile('My tasks', [{ ...ENTRY, title }, ENTRY])
      const [first, second, ...rest] = eventsIn(file)
      assert.lengthOf(rest, 0)
      const kept = title.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll('\u0007', '')
      assert.equal(first.SUMMARY, kept)
      assert.equal(second.UID, ENTRY.uid)
    })

  test('never hold a line of more than 75 bytes, nor half a character', ({ assert }) => {
    const random = randomFrom(5545)
    const alphabet = [...'aé€🏗️,;\\ \n測:']
    for (let round = 0; round < 300; round++) {
      const title = Array.from({ length: 200 * random() }, () => pick(random, alphabet)).join('')
      const file = calendarFile('My tasks', [{ ...ENTRY, title }])
      for (const line of file.split('\r\n')) {
        assert.isAtMost(Buffer.byteLength(line), 75)
        assert.notInclude(Buffer.from(line).toString(), '\ufffd')
        assert.notMatch(line, /[\r\n]/)
      }
      assert.equal(eventsIn(file)[0].SUMMARY, title)
    }
  })
})
