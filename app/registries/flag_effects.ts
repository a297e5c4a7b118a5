import type { Flag } from '#models/person_flag'

/** One place where a flag switches something off, and the test that proves it: file and title. */
type FlagEffect = { place: string; test: [file: string, title: string] }

const FLAGS = 'tests/functional/privacy/flags.spec.ts'
const PSEUDONYMS = 'tests/unit/assistant/pseudonyms.spec.ts'
const TROUBLES = 'tests/functional/monitoring/troubles.spec.ts'
const SWITCHES = 'tests/functional/assistant/switches.spec.ts'

/** Everything that each flag stops. A test checks that none is without its test. */
export const flagEffects: Record<Flag, FlagEffect[]> = {
  restricted: [
    { place: 'lists of people', test: [FLAGS, 'keeps the person out of what others find by name'] },
    {
      place: 'names offered behind an @',
      test: [FLAGS, 'keeps the name out of those offered after an @'],
    },
    { place: 'search', test: [FLAGS, 'keeps the person out of the search'] },
    { place: 'digests', test: [FLAGS, 'keeps the name out of the digests of others'] },
    { place: 'exports', test: [FLAGS, 'keeps the name out of the exports of others'] },
    {
      place: 'board packs',
      test: [FLAGS, 'keeps the name out of the board packs of others, and in the person’s own'],
    },
    { place: 'audit exports', test: [FLAGS, 'keeps the name out of exported audit trails'] },
    {
      place: 'AI context',
      test: [PSEUDONYMS, 'are not made for people who must not be mentioned'],
    },
  ],
  object_analytics: [{ place: 'pages', test: [FLAGS, 'keeps Clarity out of page and policy'] }],
  object_ai: [{ place: 'asking the assistant', test: [SWITCHES, 'an objection'] }],
  object_telemetry: [
    { place: 'pages', test: [FLAGS, 'leaves nothing in the browser that could send one'] },
    {
      place: 'what arrives all the same',
      test: [TROUBLES, 'are reported by pages, except for people who objected'],
    },
  ],
}
