import { words } from '#imports/vocabulary/text'

export type Stage = 'inherent' | 'current' | 'residual' | 'target'

const STAGES: Record<Stage, string[]> = {
  inherent:
    words(`inherent, initial, gross, original, raw, untreated, pre mitigation, premitigation, before mitigation,
    before treatment, before controls, before response, pre treatment, pre response, pre control, pre controls, uncontrolled, unmitigated, without controls, before, pre, baseline, starting,
    brutto, vor massnahmen, vor massnahme, vor, ursprunglich, anfanglich, brutto risiko, brut, initiale, avant mesures, avant action, avant, inicial, inerente, inherente, bruto, antes,
    iniziale, lordo, prima, antes da mitigacao, initieel, voor maatregelen, voor maatregel, voor, poczatkowe, poczatkowy, pierwotne, przed, inneboende, fore atgard, fore, iboende, for tiltak, brutto risk`),
  current:
    words(`current, now, present, today, aktuell, aktuelle, aktueller, actuel, actuelle, courant, actual, attuale, atual, huidig, huidige,
    biezace, biezacy, aktualne, nuvarande, navaerende, nuvaerende, nagjeldende`),
  residual:
    words(`residual, net, post mitigation, postmitigation, after mitigation, after treatment, after controls, after response, post treatment, post response, post control, post controls,
    mitigated, treated, controlled, with controls, remaining, after, post, revised, netto, rest, restrisiko, nach massnahmen, nach massnahme, nach, verbleibend, residuel, residuelle, apres mesures, apres action, apres, nette,
    residuo, neto, despues, residua, netta, dopo, liquido, depois, apos, restrisico, na maatregelen, na maatregel, resterend, rezydualne, rezydualny, resztkowe, po,
    kvarvarande, kvarstaende, efter atgard, efter, etter tiltak, etter, gjenvaerende, resterende, efter tiltag, rest risiko`),
  target:
    words(`target, desired, goal, projected, future, planned, expected, tolerated, ziel, zielwert, angestrebt, cible, vise, objetivo, deseado, obiettivo, alvo,
    doel, gewenst, docelowe, docelowy, mal, mal niva, onsket, onskad, malsatt`),
}

const stageWords = Object.entries(STAGES)
  .flatMap(([stage, list]) => list.map((word) => ({ stage: stage as Stage, word })))
  .sort((a, b) => b.word.length - a.word.length)

/** Most cells of a log contain none of these, and need not be compared with each phrase. */
const firstWords = new Set(stageWords.map(({ word }) => word.split(' ')[0]))

/** The stage that a header mentions, and the header without it. */
export function splitStage(label: string): { stage: Stage | null; rest: string } {
  if (!label.split(' ').some((word) => firstWords.has(word))) return splitCompound(label)
  for (const { stage, word } of stageWords) {
    if (label === word) return { stage, rest: '' }
    if (label.startsWith(`${word} `)) return { stage, rest: label.slice(word.length + 1) }
    if (label.endsWith(` ${word}`)) return { stage, rest: label.slice(0, -word.length - 1) }
    const at = label.indexOf(` ${word} `)
    if (at > 0) return { stage, rest: label.slice(0, at) + label.slice(at + word.length + 1) }
  }
  return splitCompound(label)
}

const COMPOUNDS: [RegExp, Stage][] = [
  [/^brutto(?=\p{L}{4})/u, 'inherent'],
  [/^netto(?=\p{L}{4})/u, 'residual'],
  [/^rest(?=risi)/u, 'residual'],
  [/^ziel(?=\p{L}{4})/u, 'target'],
]

function splitCompound(label: string): { stage: Stage | null; rest: string } {
  for (const [pattern, stage] of COMPOUNDS) {
    if (pattern.test(label)) return { stage, rest: label.replace(pattern, '') }
  }
  return { stage: null, rest: label }
}
