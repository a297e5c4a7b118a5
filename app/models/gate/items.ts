import { rules } from '#models/gate/rules/index'
import type { Place, Verdict } from '#models/gate/rules/rule'
import type { CriterionStanding } from '#models/gate/standing'
import type { ReadinessItem } from '#models/gate/readiness'

/** An item about one criterion that has to be assessed, on its own form. */
export function assessmentItem(
  place: Place,
  standing: CriterionStanding,
  told: { kind: string; detail: string; label: string }
): ReadinessItem {
  return { ...criterionItem(place, standing, told), toAssess: standing.criterion }
}

/** An item about one criterion, put right on its own form. */
export function criterionItem(
  { project, gate }: Place,
  { criterion }: CriterionStanding,
  { kind, detail, label }: { kind: string; detail: string; label: string }
): ReadinessItem {
  return {
    key: `${kind}:${criterion.id}`,
    title: criterion.title,
    detail,
    fix: {
      label,
      href: `/projects/${project.id}/gates/${gate.id}/criteria/${criterion.id}`,
    },
    offenders: [],
    more: 0,
  }
}

/** An item about what a rule found, put right where the records are. */
export function ruleItem(
  place: Place,
  key: string,
  verdict: Verdict,
  { title, kind }: { title?: string; kind: string }
): ReadinessItem {
  const rule = rules[key]
  return {
    key: `${kind}:${key}`,
    title: title ?? found(key, verdict),
    detail: title ? found(key, verdict) : null,
    fix: rule.fix(place),
    offenders: verdict.offenders,
    more: unnamed(verdict),
  }
}

/** What a rule found, such as "2 critical issues are overdue". */
export function found(key: string, { says, total }: Verdict) {
  const [one, many] = rules[key].nouns
  return says ?? `${total} ${total === 1 ? one : many}`
}

/** How many records a verdict counts but does not name. */
export function unnamed({ says, total, offenders }: Verdict) {
  return says ? 0 : total - offenders.length
}
