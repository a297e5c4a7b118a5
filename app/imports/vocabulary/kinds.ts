import { fold, valueIn, words } from '#imports/vocabulary/text'

export const RAID_TYPES = ['risk', 'assumption', 'issue', 'dependency', 'decision'] as const
export type RaidType = (typeof RAID_TYPES)[number]

/** What a row can become: an entry of the log, or a task. */
export const RECORD_TYPES = [...RAID_TYPES, 'task'] as const
export type RecordType = (typeof RECORD_TYPES)[number]

/** What a row or a table is about: a RAID type or something the log does not hold. */
export type Kind =
  | RaidType
  | 'opportunity'
  | 'change'
  | 'off_specification'
  | 'action'
  | 'task'
  | 'lesson'
  | 'milestone'
  | 'tracker'
  | 'people'
  | 'other'

const WORDS: Record<Kind, string> = {
  risk: `risk, risks, threat, threats, risiko, risiken, bedrohung, bedrohungen, risque, risques, menace,
    menaces, riesgo, riesgos, amenaza, amenazas, rischio, rischi, minaccia, minacce, risco, riscos, ameaca,
    risico, risico s, risicos, bedreiging, ryzyko, ryzyka, zagrozenie, zagrozenia, risker, risikoer,
    trussel, trusler, risici, project risk, key risk`,
  assumption: `assumption, assumptions, annahme, annahmen, hypothese, hypotheses, hypothesen, supuesto,
    supuestos, suposicion, suposiciones, asuncion, asunciones, ipotesi, assunzione, assunzioni, assunto,
    assunti, premissa, premissas, pressuposto, pressupostos, suposicao, suposicoes, hipotese, hipoteses, aanname, aannames,
    veronderstelling, veronderstellingen, zalozenie, zalozenia, antagande, antaganden, antakelse,
    antakelser, antagelse, antagelser, forutsetning, forutsetninger, forudsaetning, forudsaetninger`,
  issue: `issue, issues, problem, problems, bug, bugs, incident, incidents, defect, defects, concern,
    concerns, blocker, blockers, impediment, impediments, known issue, problem concern, problem or concern,
    issue problem, probleme, offener punkt, offene punkte, stoerung, storung, hindernis, hindernisse,
    mangel, incidencia, incidencias, problema, problemas, problemi, criticita, questione, questioni,
    questao, questoes, probleem, problemen, knelpunt, knelpunten, problemy, zagadnienie, zagadnienia,
    kwestia, kwestie, arende, arenden, problemer, point ouvert, points ouverts, anomalie, anomalies, difficulte, difficultes,
    utfordring, utfordringer, sak, saker, sporsmal, hindrance, fault`,
  dependency: `dependency, dependencies, dependancy, dependancies, interdependency, interdependencies, abhangigkeit,
    abhangigkeiten, abhaengigkeit, abhaengigkeiten, dependance, dependances, interdependance,
    interdependances, dependencia, dependencias, interdependencia, dipendenza, dipendenze, afhankelijkheid,
    afhankelijkheden, zaleznosc, zaleznosci, beroende, beroenden, avhengighet, avhengigheter,
    afhaengighed, afhaengigheder, external dependency, constraint dependency`,
  decision: `decision, decisions, key decision, key decisions, entscheidung, entscheidungen, beschluss,
    beschlusse, entscheid, entscheide, decisiones, decisione, decisioni, decisao, decisoes, besluit, besluiten,
    beslissing, beslissingen, decyzja, decyzje, beslut, beslutning, beslutninger`,
  opportunity: `opportunity, opportunities, chance, chancen, positive risk, risk opportunity, opportunite,
    opportunites, oportunidad, oportunidades, opportunita, oportunidade, kans, kansen, szansa, szanse,
    mojlighet, mojligheter, mulighet, muligheter, mulighed, muligheder, upside`,
  change: `change, changes, change request, change requests, request for change, requests for change, rfc,
    cr, crs, change log, change register, change control, anderung, anderungen, anderungsantrag,
    anderungsantrage, aenderung, aenderungen, changement, changements, demande de changement, demandes de changement, cambio, cambios,
    solicitud de cambio, solicitudes de cambio, modifica, modifiche, mudanca, mudancas, wijziging, wijzigingen, zmiana, zmiany,
    andring, andringar, endring, endringer, aendring, aendringer, scope change`,
  off_specification: `off specification, off spec, offspec, non conformance, nonconformance, non conformity,
    nonconformity, deviation, concession, out of specification`,
  action: `action, actions, action item, action items, massnahme, massnahmen, aktion, aktionen, todo, todos, to do, to dos,
    accion, acciones, azione, azioni, acao, acoes, actie, acties, actiepunt, actiepunten, dzialanie,
    dzialania, atgard, atgarder, tiltak, handling, handlinger, next step, next steps, plan d action, ai`,
  task: `task, tasks, aufgabe, aufgaben, tache, taches, tarea, tareas, attivita, compito, tarefa, tarefas,
    taak, taken, zadanie, zadania, uppgift, uppgifter, oppgave, oppgaver, opgave, opgaver, activity,
    activities, project plan, schedule, gantt, work package, work packages, arbeitspaket, arbeitspakete,
    deliverable, deliverables, wbs, timeline, backlog, sprint backlog, work plan, workplan, vorgang, vorgange`,
  lesson: `lesson, lessons, lesson learned, lessons learned, lesson learnt, lessons learnt, lessons log,
    erkenntnis, erkenntnisse, lecon apprise, lecons apprises, retour d experience, lecciones aprendidas,
    leccion aprendida, lezioni apprese, licoes aprendidas, geleerde lessen, wnioski, lardomar, lardom,
    erfaringer, laering, retrospective`,
  milestone: `milestone, milestones, meilenstein, meilensteine, jalon, jalons, hito, hitos, milestone plan,
    mijlpaal, mijlpalen, kamien milowy, kamienie milowe, milstolpe, milstolpar, milepael, milepaeler, marco, marcos`,
  tracker: `story, user story, stories, epic, sub task, subtask, improvement, new feature, feature, enhancement,
    wish, test, spike, support, service request, question, documentation, feature request, technical task`,
  people: `stakeholder, stakeholders, raci, contact, contacts, team, project team, attendees, roles, roles and responsibilities,
    people, resource list, resources, interessenvertreter, parties prenantes, kontakte, distribution list`,
  other: `note, notes, info, information, comment, meeting, meetings, minutes, budget, cost, costs, benefit, benefits, quality,
    kpi, kpis, metrics, requirement, requirements, scope, communication, communications, vendor, vendors, constraint, constraints, financials`,
}

const kinds = new Map<string, Kind>()
for (const [kind, list] of Object.entries(WORDS)) {
  for (const word of words(list)) kinds.set(word, kind as Kind)
}

const KIND_BY_LETTER: Record<string, Kind> = {
  r: 'risk',
  a: 'assumption',
  i: 'issue',
  d: 'dependency',
  o: 'opportunity',
}

const PREFIXES: Record<string, Kind> = {
  r: 'risk',
  rk: 'risk',
  rsk: 'risk',
  risk: 'risk',
  ris: 'risk',
  risiko: 'risk',
  ri: 'risk',
  thr: 'risk',
  t: 'risk',
  a: 'assumption',
  as: 'assumption',
  asm: 'assumption',
  ass: 'assumption',
  asmp: 'assumption',
  assum: 'assumption',
  assump: 'assumption',
  assumption: 'assumption',
  an: 'assumption',
  hyp: 'assumption',
  i: 'issue',
  is: 'issue',
  iss: 'issue',
  issue: 'issue',
  isu: 'issue',
  prb: 'issue',
  p: 'issue',
  pb: 'issue',
  inc: 'issue',
  d: 'dependency',
  dp: 'dependency',
  dep: 'dependency',
  dpn: 'dependency',
  dpd: 'dependency',
  dependency: 'dependency',
  abh: 'dependency',
  dec: 'decision',
  dcn: 'decision',
  decision: 'decision',
  dc: 'decision',
  e: 'decision',
  ent: 'decision',
  dn: 'decision',
  de: 'decision',
  o: 'opportunity',
  opp: 'opportunity',
  op: 'opportunity',
  ac: 'action',
  act: 'action',
  action: 'action',
  ai: 'action',
  c: 'change',
  cr: 'change',
  chg: 'change',
  rfc: 'change',
  ch: 'change',
  l: 'lesson',
  ll: 'lesson',
  les: 'lesson',
  lsn: 'lesson',
  m: 'milestone',
  ms: 'milestone',
}

/** The kind a cell names as a whole: 'Risk', 'Risiken', 'R', '(I)ssue', '1 - Risk'. */
export function kindOf(text: string): Kind | null {
  const plain = fold(text.replace(/[()]/g, '')).replace(/^\d+ /, '')
  return kinds.get(plain) ?? KIND_BY_LETTER[plain] ?? null
}

/** The kind that a word names; single letters do not count. */
export function kindOfWord(word: string): Kind | null {
  return kinds.get(word) ?? null
}

const WHOLE_LOG = /\b(raid+|raci?d|ridac|raidd?o?|cards?|rad|raido)\b/

/** The kinds a heading or sheet name mentions, in order: 'Chancen und Risiken' names two. */
export function kindsIn(text: string): Kind[] {
  const tokens = fold(text).split(' ')
  const found: Kind[] = []
  for (let at = 0; at < tokens.length; at++) {
    for (let length = Math.min(3, tokens.length - at); length > 0; length--) {
      const kind =
        kinds.get(tokens.slice(at, at + length).join(' ')) ?? compoundKind(tokens[at], length)
      if (!kind) continue
      if (!found.includes(kind)) found.push(kind)
      at += length - 1
      break
    }
  }
  return found
}

/** Whether a heading names the log as a whole, such as RAID. */
export function namesWholeLog(text: string): boolean {
  return WHOLE_LOG.test(fold(text))
}

const COMPOUNDS: [RegExp, Kind][] = [
  [/^(risiko|risico|risk|ryzyk|riesgo|rischi)/, 'risk'],
  [/^(annahme|aannam|antagande|antakels|zalozen)/, 'assumption'],
  [/^(problem|issue|knelpunt)/, 'issue'],
  [/^(abhangigkeit|afhankelijk|beroende|avhengig|afhaengig|zaleznos)/, 'dependency'],
  [/^(entscheidung|beschluss|beslut|besluit|decyzj)/, 'decision'],
  [/^(chancen)/, 'opportunity'],
  [/^(massnahmen|tiltaks|atgards|actie)/, 'action'],
  [/^(aufgaben|oppgave|uppgift)/, 'task'],
  [/^(anderungs|aenderungs|endrings|andrings|wijzigings)/, 'change'],
]

function compoundKind(token: string, length: number): Kind | null {
  if (length > 1 || token.length < 6) return null
  return COMPOUNDS.find(([pattern]) => pattern.test(token))?.[1] ?? null
}

/** The kind that an id's letters mean: 'R-012', 'ISS 4', 'PRJ-DEP-03'. */
export function kindOfRef(ref: string): Kind | null {
  const parts = valueIn(ref)
    .toLowerCase()
    .match(/[a-z]+(?=[\s._#:/-]*\d)/g)
  const last = parts?.at(-1)
  return last ? (PREFIXES[last] ?? null) : null
}

/** Whether rows of this kind can become records. */
export function isRecordType(kind: string | null | undefined): kind is RecordType {
  return RECORD_TYPES.includes(kind as RecordType)
}

/** Whether a kind is a type of the RAID log. */
export function isRaidType(kind: string | null | undefined): kind is RaidType {
  return RAID_TYPES.includes(kind as RaidType)
}
