import type { Viewer } from '#identity/viewer'
import { weights } from '#models/gate/enumerations'
import {
  criterionFields,
  gateFields,
  ruleLabels,
  stageFields,
  versionFields,
} from '#models/lifecycle/fields'
import type LifecycleTemplate from '#models/lifecycle_template'
import type LifecycleTemplateCriterion from '#models/lifecycle_template_criterion'
import type LifecycleTemplateGate from '#models/lifecycle_template_gate'
import type LifecycleTemplateStage from '#models/lifecycle_template_stage'
import { shownValues } from '#pages/comparison'
import { settingsState } from '#pages/settings/settings_page'
import * as terms from '#registries/terms'

/** The form of a new lifecycle. */
export function newLifecycleState(viewer: Viewer) {
  return { ...settingsState('lifecycles', viewer), record: {} }
}

/** The form for renaming a draft. */
export function versionFormState(version: LifecycleTemplate) {
  return {
    ...headOf(version),
    record: version.serialize(),
    shown: shownValues(versionFields, version),
  }
}

/** The form of a stage's name. */
export function stageFormState(version: LifecycleTemplate, stage: LifecycleTemplateStage) {
  return {
    ...headOf(version),
    record: stage.serialize(),
    shown: shownValues(stageFields, stage),
  }
}

/** The form of the gate that closes a stage; null for a stage without one. */
export function gateFormState(
  version: LifecycleTemplate,
  stage: LifecycleTemplateStage,
  gate: LifecycleTemplateGate | null
) {
  return {
    ...headOf(version),
    stage: { id: stage.id, name: stage.name },
    record: gate?.serialize() ?? { lockVersion: 0 },
    isNew: gate === null,
    shown: gate && shownValues(gateFields, gate),
  }
}

/** The form of a criterion, new or existing. */
export function criterionFormState(
  version: LifecycleTemplate,
  gate: LifecycleTemplateGate,
  criterion: LifecycleTemplateCriterion | null
) {
  const head = headOf(version)
  return {
    ...head,
    gate: { id: gate.id, name: gate.name },
    record: criterion?.serialize() ?? { weight: 'must_meet', evidenceRequired: true },
    isNew: criterion === null,
    action: criterion
      ? `${head.url}/criteria/${criterion.id}`
      : `${head.url}/gates/${gate.id}/criteria`,
    weightOptions: terms.options(weights),
    ruleOptions: terms.options(ruleLabels),
    shown: criterion && shownValues(criterionFields, criterion),
  }
}

function headOf(version: LifecycleTemplate) {
  const url = `/settings/lifecycles/${version.id}`
  return {
    url,
    title: version.title,
    crumbs: [
      { href: '/settings/lifecycles', label: 'Lifecycles' },
      { href: url, label: version.title },
    ],
  }
}
