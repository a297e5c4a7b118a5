import type { Traces } from '#models/erasure'
import type { Belonging, Change, ErasureRule, Trait } from '#registries/erasure'

/** A rule with values in place of traits, as `privacy.apply` takes it. */
export type SqlRule = {
  table: string
  rows: Record<string, unknown>[]
  only?: Record<string, string>
  set?: Record<string, Record<string, unknown>>
}

export type Subject = {
  traces: Traces
  members: string[]
  /** Records of people outside. */
  externals: string[]
  /** Their requests that are answered. */
  requests: string[]
  label: string
}

/** The rules for this person. Rules for traits that the person lacks are left out. */
export function rulesFor(rules: ErasureRule[], subject: Subject): SqlRule[] {
  return rules.flatMap((rule) => {
    const rows = rule.rows.flatMap((row) => belonging(row, subject))
    return rows.length > 0 ? [sqlRule(rule, rows, subject.label)] : []
  })
}

/** The rule for certain rows, whoever they belong to. */
export function ruleForRows(rule: ErasureRule, ids: string[], label: string) {
  return sqlRule({ ...rule, only: undefined }, [{ column: 'id', values: ids }], label)
}

function sqlRule(rule: ErasureRule, rows: SqlRule['rows'], label: string): SqlRule {
  const { table, only } = rule
  return { table, rows, only, ...('set' in rule ? { set: changesOf(rule.set, label) } : {}) }
}

function belonging({ column, of, through }: Belonging, subject: Subject) {
  const values = valuesOf(of, subject)
  if (values.length === 0) return []
  const parent = through && { through: through.column, parent: through.table }
  return [{ column, values, folded: of === 'names', ...parent }]
}

function valuesOf(trait: Trait, { traces, members, externals, requests }: Subject): string[] {
  switch (trait) {
    case 'users':
      return traces.userId ? [traces.userId] : []
    case 'members':
      return members
    case 'externals':
      return externals
    case 'requests':
      return requests
    case 'emails':
      return traces.emails
    case 'names':
      return [...traces.names, ...traces.emails].map((text) => text.toLowerCase())
  }
}

function changesOf(set: Record<string, Change>, label: string) {
  const words = { label, address: `${label.split(' ').at(-1)!.toLowerCase()}@erased.invalid` }
  return Object.fromEntries(
    Object.entries(set).map(([column, change]) => [
      column,
      'to' in change ? { to: change.to && words[change.to] } : change,
    ])
  )
}
