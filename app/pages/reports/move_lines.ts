import { bandLabels } from '#models/raid/scoring'
import { priorities, statusLabel } from '#models/raid/enumerations'
import type { Move } from '#models/report/record/content'
import { day } from '#registries/formats'

const ICONS: Record<Move['kind'], string> = {
  opened: 'plus',
  closed: 'check',
  raised: 'up',
  lowered: 'down',
  dependency_moved: 'dependency',
  task_done: 'task',
  gate_decided: 'gate',
  forecast_moved: 'calendar',
  baseline_moved: 'calendar',
}

const SEGMENTS: Partial<Record<Move['kind'], string>> = {
  task_done: 'tasks',
  gate_decided: 'gates',
  forecast_moved: 'gates',
  baseline_moved: 'gates',
}

/** One change, as a report shows it. */
export function moveLine(move: Move, base: string) {
  return {
    icon: ICONS[move.kind],
    ref: move.ref,
    title: move.title,
    href: `${base}/${SEGMENTS[move.kind] ?? 'raid'}/${move.id}`,
    change: changeOf(move),
  }
}

function changeOf({ kind, from, to }: Move): string {
  switch (kind) {
    case 'opened':
      return to ? `new, ${levelWords(to)}` : 'new'
    case 'closed':
      return from ? `closed, was ${levelWords(from)}` : 'closed'
    case 'raised':
      return `up from ${levelWords(from!)} to ${levelWords(to!)}`
    case 'lowered':
      return `down from ${levelWords(from!)} to ${levelWords(to!)}`
    case 'dependency_moved':
      return `from ${statusWords(from!)} to ${statusWords(to!)}`
    case 'task_done':
      return `done ${day(to)}`
    case 'gate_decided':
      return to ?? 'decided'
    default:
      return datesMoved(kind, from, to)
  }
}

function datesMoved(kind: Move['kind'], from: string | null, to: string | null) {
  const what = kind === 'baseline_moved' ? 'baseline' : 'forecast'
  if (!from) return `${what} ${day(to)}`
  return to ? `${what} moved from ${day(from)} to ${day(to)}` : `${what} ${day(from)} removed`
}

function statusWords(status: string) {
  return statusLabel('dependency', status).toLowerCase()
}

/** Such as "severe 20": the organisation's word, and the score if one was given. */
function levelWords(level: string) {
  const [name, score] = level.split(' ')
  const known: Record<string, string> = { ...bandLabels, ...priorities }
  return [(known[name] ?? name).toLowerCase(), score].filter(Boolean).join(' ')
}
