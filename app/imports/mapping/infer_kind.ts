import type { Candidate } from '#imports/mapping/candidates'
import type { DetectedTable } from '#imports/detection/table'
import { usualChoices } from '#imports/vocabulary/choice_reader'
import { readSituation } from '#imports/conversion/read_status'
import type { Concept } from '#imports/vocabulary/headers'
import {
  isRaidType,
  kindOf,
  kindOfRef,
  kindsIn,
  namesWholeLog,
  type Kind,
} from '#imports/vocabulary/kinds'
import { levelOf } from '#imports/vocabulary/levels'
import { fold } from '#imports/vocabulary/text'

const EVIDENCE: Partial<Record<Concept, [Kind, number]>> = {
  likelihood: ['risk', 3],
  score: ['risk', 1.5],
  proximity: ['risk', 2],
  nature: ['risk', 2],
  triggerOn: ['risk', 1],
  response: ['risk', 1.5],
  plan: ['risk', 1],
  actionee: ['risk', 1],
  cause: ['risk', 0.5],
  severity: ['issue', 1.5],
  urgency: ['issue', 1.5],
  resolution: ['issue', 2.5],
  priority: ['issue', 0.5],
  issueKind: ['issue', 2],
  impactIfFalse: ['assumption', 5],
  confidence: ['assumption', 1.5],
  validationMethod: ['assumption', 3],
  direction: ['dependency', 2],
  counterpartName: ['dependency', 2.5],
  counterpartKind: ['dependency', 1],
  promisedOn: ['dependency', 1.5],
  options: ['decision', 2],
  rationale: ['decision', 2.5],
  decider: ['decision', 3],
  decidedOn: ['decision', 2.5],
  duration: ['task', 2.5],
  predecessors: ['task', 2.5],
  percentComplete: ['task', 2.5],
  finish: ['task', 1.5],
}
const PEOPLE =
  /^(role|e ?mail|email address|phone|telephone|mobile|telefon|telephone no|rolle|funktion|job title|interest|influence|raci)$/
const HISTORY =
  /^(version|revision|rev|ver|version no|changed by|summary of changes?|change description|autor|author)$/

export type Inferred = {
  kind: Kind | 'key' | 'history' | null
  confidence: number
  reason: string
  isWholeLog: boolean
}

/** What a whole table is about, from its sheet, titles, headers and references. */
export function inferKind(
  table: DetectedTable,
  candidates: Candidate[],
  fileName: string
): Inferred {
  const isWholeLog = [table.sheet.name, ...table.titles].some(namesWholeLog)
  const aside = keyOrHistory(candidates, table)
  if (aside)
    return {
      kind: aside,
      confidence: 0.8,
      reason: aside === 'key' ? 'a key to the values' : 'a document history',
      isWholeLog,
    }
  const scores = new Map<Kind, { score: number; reason: string }>()
  const add = (kind: Kind, score: number, reason: string) => {
    const known = scores.get(kind)
    scores.set(kind, { score: (known?.score ?? 0) + score, reason: known?.reason ?? reason })
  }
  fromNames(table, fileName, add)
  fromHeaders(candidates, add)
  fromReferences(candidates, add)
  const ranked = [...scores].sort((a, b) => b[1].score - a[1].score)
  const [best, second] = ranked
  if (!best || best[1].score < 2) return { kind: null, confidence: 0, reason: '', isWholeLog }
  const lead = best[1].score - (second?.[1].score ?? 0)
  const confidence = Math.min(0.99, 0.5 + best[1].score / 20 + Math.max(0, lead) / 20)
  return {
    kind: best[0] === 'opportunity' ? 'risk' : best[0],
    confidence,
    reason: best[1].reason,
    isWholeLog,
  }
}

type Add = (kind: Kind, score: number, reason: string) => void

function fromNames(table: DetectedTable, fileName: string, add: Add) {
  const sheetName = table.sheet.name
  addNamed(sheetName, 6, `the sheet name “${sheetName}”`, add)
  for (const [index, title] of table.titles.entries()) {
    if (title.length > 100) continue
    const isNearest = index === table.titles.length - 1
    addNamed(title, isNearest ? 5 : 3, `the title “${title}”`, add)
  }
  if (fileName !== sheetName) addNamed(fileName.replace(/\.\w+$/, ''), 1, 'the file name', add)
}

function addNamed(text: string, score: number, reason: string, add: Add) {
  if (namesWholeLog(text)) return
  const all = kindsIn(text)
  const kinds = all.filter((kind) => kind !== 'other')
  if (kinds.length === 0 && all.length > 0) add('other', score / 2, reason)
  const named = kinds.includes('opportunity')
    ? kinds.filter((kind) => kind !== 'opportunity')
    : kinds
  const sure = named.length > 0 ? named : kinds
  if (sure.length === 1) add(sure[0], score, reason)
  else for (const kind of sure) add(kind, score / (sure.length * 2), reason)
}

function fromHeaders(candidates: Candidate[], add: Add) {
  const seen = new Set<Concept>()
  const kindCounts = new Map<Kind, number>()
  for (const { concept, kind, label, profile, score } of candidates) {
    if (PEOPLE.test(fold(label))) add('people', 2, 'its columns')
    const named =
      kind ??
      (concept === null || concept === 'title' || concept === 'plan' ? namedKind(label) : null)
    if (!named) addMentioned(label, kindCounts)
    const isName = concept === 'title' || concept === 'description' || concept === 'sourceId'
    if (named && named !== 'other') {
      const weight = isName ? 3 : 1
      kindCounts.set(named, (kindCounts.get(named) ?? 0) + weight)
    }
    if (!concept || seen.has(concept) || score < 0.7) continue
    seen.add(concept)
    const evidence = EVIDENCE[concept]
    if (evidence && !(concept === 'likelihood' && profile.isEmpty && candidates.length < 4))
      add(evidence[0], evidence[1], 'its columns')
  }
  for (const [kind, count] of kindCounts) add(kind, Math.min(6, count), 'its column headers')
}

/** 'Risk champion': the header is unknown, but the record it mentions is not. */
function addMentioned(label: string, counts: Map<Kind, number>) {
  const kinds = label.length < 40 ? kindsIn(label).filter(isRaidType) : []
  if (kinds.length === 1) counts.set(kinds[0], (counts.get(kinds[0]) ?? 0) + 0.5)
}

/** 'Action' as a header names actions only if nothing else names the record. */
function namedKind(label: string): Kind | null {
  const kind = kindOf(label)
  return kind && label.trim().length > 1 && kind !== 'action' && kind !== 'people' ? kind : null
}

function fromReferences(candidates: Candidate[], add: Add) {
  const isUnnamed = ({ concept, column }: Candidate) => concept === null && column.labels[0] === ''
  const ids =
    candidates.find(({ concept }) => concept === 'sourceId') ??
    candidates.slice(0, 2).find(isUnnamed)
  if (!ids || ids.profile.isEmpty) return
  const kinds = ids.profile.texts.flatMap((text) => kindOfRef(text) ?? [])
  for (const kind of new Set(kinds)) {
    const share = kinds.filter((other) => other === kind).length / ids.profile.texts.length
    if (share >= 0.6) add(kind, 3.5, `references such as ${ids.profile.texts[0]}`)
  }
}

function keyOrHistory(candidates: Candidate[], table: DetectedTable): 'key' | 'history' | null {
  const labels = candidates.map(({ label }) => fold(label))
  const history = labels.filter((label) => HISTORY.test(label)).length
  const isShort = candidates.length <= 6
  if (isShort && history >= 2) return 'history'
  const concepts = candidates.map(({ concept }) => concept)
  const hasWork = concepts.some(
    (concept) =>
      concept === 'owner' || concept === 'raisedOn' || concept === 'dueOn' || concept === 'plan'
  )
  const hasNames = candidates.some(
    ({ concept, kind }, index) =>
      (concept === 'title' && index > 0) || (concept === 'title' && isRaidType(kind))
  )
  if (hasWork || hasNames || table.rows.length > 30) return null
  const first = candidates.find(({ profile }) => !profile.isEmpty)
  if (!first || first.profile.averageLength > 30) return null
  const { texts, distinct } = first.profile
  const isVocabulary = texts.filter(isVocabularyWord).length >= texts.length * 0.6
  return isVocabulary && distinct === texts.length && texts.length >= 2 && !hasPlainIds(first)
    ? 'key'
    : null
}

function hasPlainIds({ concept, profile }: Candidate): boolean {
  return concept === 'sourceId' && profile.texts.every((text) => /^\d+$/.test(text))
}

function isVocabularyWord(text: string): boolean {
  return (
    levelOf(text) !== null ||
    readSituation(text)?.how === 'exact' ||
    isRaidType(kindOf(text)) ||
    usualChoices.read('response', text)?.how === 'exact' ||
    /^[1-9]\d?( ?[-–to]+ ?\d{1,2})?$/.test(text)
  )
}
