import { readdirSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'
import { actionOptions, auditAction, auditActions, auditTypes } from '#registries/audit_actions'
import { auditAreas, byArea } from '#registries/audit_areas'

const WRITTEN = [
  /\.audits\('([a-z_.]+)'\)/g,
  /auditAs\('([a-z_.]+)'\)/g,
  /saveRevision\('([a-z_.]+)'\)/g,
  /\baction: '([a-z_]+\.[a-z_.]+)'/g,
]
const AUDITED = /static audit = \{\s*type: '([a-z_]+)'/g
const COMMENTS = /\/\*\*[^]*?\*\//g

function sources() {
  return ['app', 'start', 'database'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8').replace(COMMENTS, ''))
  )
}

test.group('Audit actions', () => {
  test('every action that the code names has its words', ({ assert }) => {
    const named = sources().flatMap((text) =>
      WRITTEN.flatMap((pattern) => [...text.matchAll(pattern)].map(([, action]) => action))
    )
    assert.include(named, 'raid_item.created')
    assert.deepEqual(
      [...new Set(named)].filter((action) => !auditActions[action]),
      []
    )
  })

  test('every audited model has its type and its three verbs', ({ assert }) => {
    const types = sources().flatMap((text) => [...text.matchAll(AUDITED)].map(([, type]) => type))
    assert.includeMembers(types, ['project', 'raid_item', 'comment', 'membership'])
    assert.deepEqual(
      types.filter((type) => !auditTypes[type]),
      []
    )
    const verbs = types.flatMap((type) =>
      ['created', 'updated', 'deleted'].map((v) => `${type}.${v}`)
    )
    assert.deepEqual(
      verbs.filter((action) => !auditActions[action]),
      []
    )
  })

  test('every action and every type is about something, and about one thing', ({ assert }) => {
    const areas = Object.values(auditAreas).flat()
    assert.deepEqual(areas, [...new Set(areas)])
    const types = [
      ...Object.keys(auditTypes),
      ...Object.keys(auditActions).map((action) => action.split('.')[0]),
    ]
    assert.sameMembers([...new Set(types)], areas)
  })

  test('choices are offered by what they are about', ({ assert }) => {
    const ofProject = byArea(actionOptions(true))
    assert.notInclude(
      ofProject.map(({ label }) => label),
      'Platform'
    )
    const all = byArea(actionOptions(false)).flatMap(({ options }) => options)
    assert.sameDeepMembers(all, actionOptions(false))
  })

  test('an unknown action is still readable', ({ assert }) => {
    assert.equal(auditAction('gate_review.passed').label, 'Gate review passed')
  })
})
