import { isFieldOf, type Target } from '#imports/mapping/fields'
import type { RecordType } from '#imports/vocabulary/kinds'

/** In a table of several types one column serves each type's own field. */
const TWINS: Partial<Record<Target, Partial<Record<RecordType, Target>>>> = {
  currentImpact: { issue: 'severity', assumption: 'impactIfFalse' },
  severity: { risk: 'currentImpact', assumption: 'impactIfFalse' },
  impactIfFalse: { issue: 'severity', risk: 'currentImpact' },
  responsePlan: { issue: 'resolution' },
  resolution: { risk: 'responsePlan' },
  validationMethod: { risk: 'responsePlan', issue: 'resolution' },
}

/** The field a column fills for a row of this type; 'keep' when the type has none. */
export function applicableField(
  target: Target,
  type: RecordType,
  taken: (field: Target) => boolean
): Target {
  if (target === 'keep' || target === 'ignore' || target === 'type' || isFieldOf(target, type))
    return target
  const twin = TWINS[target]?.[type]
  return twin && !taken(twin) ? twin : 'keep'
}
