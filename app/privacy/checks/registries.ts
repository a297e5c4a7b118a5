import { Findings } from '#privacy/finding'
import { activities, type Activity } from '#registries/activities'
import { cookies } from '#registries/cookies'
import { personalData } from '#registries/personal_data'
import { personalDataLinks } from '#registries/personal_data_links'
import { inventory } from '#registries/personal_data_inventory'
import { processors } from '#registries/processors'
import { retentionRules, type RetentionRule } from '#registries/retention'

const INVENTORY = 'app/registries/personal_data_inventory.ts'
const ACTIVITIES = 'app/registries/activities.ts'

/** The registries against each other. */
export function checkRegistries(of = { activities, inventory, processors, retentionRules }) {
  return [
    ...checkInventory(of.inventory),
    ...checkColumns(),
    ...checkLinks(of.inventory),
    ...checkActivities(of),
    ...checkRules(of),
    ...checkProcessors(of.processors),
  ]
}

function checkInventory(tables: typeof inventory) {
  const found = new Findings('inventory', INVENTORY)
  for (const [table, { columns, except = {} }] of Object.entries(tables)) {
    const names = Object.values(columns).flatMap((list) => list.split(/\s+/))
    const twice = names.filter((name, index) => names.indexOf(name) !== index)
    found.add(twice.length > 0, `${table} names twice: ${twice.join(', ')}`)
    const stray = Object.keys(except).filter((name) => !names.includes(name))
    found.add(stray.length > 0, `${table} excepts what it does not name: ${stray.join(', ')}`)
  }
  return found.list
}

/** It must be known to whom a table's rows belong: exports and erasure find them that way. */
function checkLinks(tables: typeof inventory) {
  const found = new Findings('inventory', 'app/registries/personal_data_links.ts')
  for (const [table, { subject, columns }] of Object.entries(tables)) {
    const isPersonal = subject !== null && Object.keys(columns).some((name) => name !== 'none')
    found.add(isPersonal && !personalDataLinks[table], `${table}: say whose its rows are`)
  }
  for (const table of Object.keys(personalDataLinks)) {
    found.add(!tables[table], `${table} is gone`)
  }
  return found.list
}

/** Names and addresses never reach logs or the assistant, and do not outlive an erasure. */
function checkColumns() {
  const found = new Findings('inventory', INVENTORY)
  for (const [name, column] of personalData) {
    found.add(column.class !== 'none' && column.subject === null, `${name} says not whose it is`)
    if (column.class !== 'identity' && column.class !== 'contact') continue
    found.add(column.log, `${name} must never be logged`)
    found.add(column.ai !== 'never', `${name} must never reach the assistant`)
    found.add(column.erase === 'keep', `${name} would outlive an erasure`)
  }
  return found.list
}

function checkActivities({ activities: all, inventory: tables, processors: known }: Registries) {
  const found = new Findings('activities', ACTIVITIES)
  for (const [table, { activity, columns }] of Object.entries(tables)) {
    const { classes, name }: Activity = all[activity]
    const others = Object.keys(columns).filter((one) => !classes.includes(one as never))
    found.add(others.length > 0, `${table} holds ${others.join(', ')}, which “${name}” does not`)
  }
  const names = known.map(({ name }) => name)
  const recipients = Object.values(all).flatMap((one: Activity) => one.recipients)
  for (const name of new Set([...names, ...recipients])) {
    found.add(!names.includes(name), `${name} receives data and is no registered processor`)
    found.add(!recipients.includes(name), `${name} is a processor and receives nothing`)
  }
  return found.list
}

function checkRules({ inventory: tables, retentionRules: rules }: Registries) {
  const found = new Findings('retention', 'app/registries/retention.ts')
  const used = new Set<string>(Object.values(tables).map(({ retention }) => retention))
  for (const [name, { ends }] of Object.entries<RetentionRule>(rules)) {
    // What a command takes care of is in no table.
    found.add(ends !== 'command' && !used.has(name), `the rule ${name} is unused`)
  }
  return found.list
}

function checkProcessors(known: typeof processors) {
  const found = new Findings('processors', 'app/registries/processors.ts')
  const analytics = cookies.filter(({ category }) => category === 'analytics')
  for (const { name, needsConsent, region, transfer } of known) {
    const setsAnalytics = analytics.some(({ provider }) => provider === name)
    found.add(needsConsent !== setsAnalytics, `${name}: analytics cookies and consent disagree`)
    found.add(
      transfer === null && region !== 'European Union',
      `${name} takes data out of the UK and the EEA without a safeguard`
    )
  }
  return found.list
}

type Registries = {
  activities: typeof activities
  inventory: typeof inventory
  processors: typeof processors
  retentionRules: typeof retentionRules
}
