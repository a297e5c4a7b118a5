import type Round from '#models/deciding/round'
import type { NewNotification } from '#models/notification'

type Told = Pick<NewNotification, 'kind' | 'to' | 'title' | 'detail' | 'key'>

/** A notice that leads to the round. */
export function notice({ project, gate, review }: Round, told: Told): NewNotification {
  const path = `/projects/${project.id}/gates/${gate.id}/reviews/${review.id}`
  return { project, path, ...told }
}

/** How notices name the gate. */
export function nameOf({ gate }: Round) {
  return `${gate.ref} ${gate.name}`
}
