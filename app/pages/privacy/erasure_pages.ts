import Erasure from '#models/erasure'
import type ErasureFind from '#models/erasure_find'
import type ErasureStep from '#models/erasure_step'
import { keepReasons } from '#models/erasure_find'
import { namesOfOrganisations } from '#models/office/organisations'
import { hasWords, isRedactable } from '#privacy/erasure/deciding'
import { Door, type Excerpt } from '#privacy/erasure/door'
import { FILES } from '#privacy/erasure/files'
import { recognitionOf, type Recognition } from '#privacy/erasure/recognition'
import { sealedExcerpts } from '#privacy/erasure/sealed'
import { AUDIT_VALUES } from '#privacy/erasure/searching'
import { erasureSteps } from '#privacy/erasure/steps'
import { day, moment } from '#registries/formats'
import * as terms from '#registries/terms'
import { auditField } from '#registries/audit_fields'

const PER_PAGE = 50

/** Erasures under way, and the latest that are finished. */
export async function erasureListState() {
  return { erasures: (await Erasure.forDesk()).map(row) }
}

function row(erasure: Erasure) {
  return {
    id: erasure.id,
    label: erasure.label,
    status: terms.erasureStatuses[erasure.status],
    begun: day(erasure.createdAt),
    finished: day(erasure.finishedAt),
  }
}

/** One erasure: its steps, and the next places that someone has to read. */
export async function erasureState(erasure: Erasure) {
  const open = await erasure.finds.where('state', 'open').limit(PER_PAGE)
  const known = new Map((await erasure.steps).map((step) => [step.name, step]))
  return {
    erasure: { ...row(erasure), requestId: erasure.requestId, proofSha256: erasure.proofSha256 },
    steps: stepsInWords(known),
    waitsForRecipients: known.get('answer')?.failure === 'untold_recipients',
    finds: await findsInWords(erasure, open),
    counts: await countsOf(erasure),
    reasons: terms.options(keepReasons),
  }
}

function stepsInWords(known: Map<string, ErasureStep>) {
  return erasureSteps.map(({ name, title }) => {
    const step = known.get(name)
    return {
      title,
      isDone: Boolean(step?.doneAt),
      note: step?.doneAt ? inWords(step.counts) : waitOf(step?.failure, step?.retryAt),
    }
  })
}

function inWords(counts: Record<string, number>) {
  const parts = Object.entries(counts).filter(([, count]) => count > 0)
  return parts.map(([name, count]) => `${name.replaceAll('_', ' ')}: ${count}`).join(', ')
}

function waitOf(failure: string | null | undefined, retryAt: Erasure['finishedAt'] | undefined) {
  if (!failure) return ''
  if (failure === 'open_finds') return 'Waiting for the texts to be read'
  if (failure === 'untold_recipients') return 'Waiting for recipients to be recorded on the request'
  const again = `tried again ${moment(retryAt ?? null)}`
  if (failure === 'not_noted') return `Waiting to be noted outside the database; ${again}`
  return `Waiting (${failure}); ${again}`
}

async function countsOf(erasure: Erasure) {
  const finds = await erasure.finds
  const of = (state: ErasureFind['state']) => finds.filter((find) => find.state === state).length
  return { open: of('open'), redacted: of('redacted'), kept: of('kept') }
}

/** With the words around the name, read afresh: nothing of them is stored here. */
async function findsInWords({ traces }: Erasure, finds: ErasureFind[]) {
  if (!traces || finds.length === 0) return []
  const excerpts = await excerptsOf(finds, recognitionOf(traces))
  const organisations = await namesOfOrganisations(finds.map((find) => find.placeOrganisationId))
  return finds.map((find) => ({
    id: find.id,
    place: placeOf(find),
    organisation: organisations.get(find.placeOrganisationId) ?? null,
    isRedactable: isRedactable(find),
    isInFile: !hasWords(find),
    excerpts: excerpts
      .filter(({ id }) => id === find.id)
      .map(({ name, excerpt }) => ({ label: fieldOf(find, name), text: excerpt ?? '…' })),
  }))
}

async function excerptsOf(finds: ErasureFind[], recognition: Recognition) {
  const plain: Excerpt[] = []
  const behindSeals: Excerpt[] = []
  for (const [organisationId, some] of Map.groupBy(finds, (find) => find.placeOrganisationId)) {
    const worded = some.filter(hasWords)
    plain.push(
      ...(await Door.open(organisationId, (door) => door.excerpts(worded, recognition.pattern)))
    )
    behindSeals.push(...(await sealedExcerpts(some, organisationId, recognition)))
  }
  const opened = new Set(behindSeals.map(({ id, name }) => `${id} ${name}`))
  return [...plain.filter(({ id, name }) => !opened.has(`${id} ${name}`)), ...behindSeals]
}

function placeOf({ place }: ErasureFind) {
  if (place === FILES) return 'Inside a file'
  if (place === AUDIT_VALUES) return 'In the audit trail'
  const words = place.replace(/^public\./, '').replaceAll(/[._]/g, ' ')
  return words[0].toUpperCase() + words.slice(1)
}

function fieldOf({ place }: ErasureFind, column: string) {
  if (place === FILES) return 'File'
  return auditField(place === 'public.raid_items' ? 'raid_item' : '', column).label
}
