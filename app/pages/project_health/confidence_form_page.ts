import Gate from '#models/gate'
import { IS_TO_COME } from '#models/gate/to_come'
import { deliveryConfidenceOf } from '#models/health/confidence'
import { confidenceMeanings, confidenceRatings } from '#models/health/enumerations'
import Membership from '#models/membership'
import type Project from '#models/project'

/** The form that gives a project's delivery confidence. */
export async function confidenceFormState(project: Project) {
  const standing = await deliveryConfidenceOf(project)
  const names = await Membership.names([standing?.givenBy])
  const gates = await Gate.of(project).whereRaw(IS_TO_COME)
  return {
    standing: standing && { ...standing, by: names.get(standing.givenBy) },
    choices: Object.entries(confidenceRatings).map(([value, label]) => ({
      value,
      label,
      hint: confidenceMeanings[value as keyof typeof confidenceMeanings],
    })),
    gates: gates.map((gate) => ({
      value: gate.id,
      label: `${gate.refersTo(project).ref} ${gate.name}`,
    })),
  }
}
