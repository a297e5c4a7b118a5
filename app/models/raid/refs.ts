import { refLetters, type RaidType } from '#models/raid/enumerations'
import { write } from '#tenancy/sql'
import Tenancy from '#tenancy/tenancy'

/**
 * Such as ATLAS-R12: the project's code, the letter of the type, the number within both. Without the code
 * for those who may not know the project.
 */
export function refOf(code: string | null, item: { type: RaidType; number: number }) {
  const ref = `${refLetters[item.type]}${item.number}`
  return code ? `${code}-${ref}` : ref
}

type Called = { type: RaidType; number: number; title: string; sensitivity: string }

/** An item as a notice names it, by ref and title; one that is kept to a few people by its ref alone. */
export function callingOf(code: string, item: Called) {
  const ref = refOf(code, item)
  return item.sensitivity === 'normal' ? `${ref} ${item.title}` : ref
}

/**
 * Takes the next `count` numbers of a type in a project and answers the first. The counter's row stays
 * locked until the transaction ends, so that a rollback leaves no gap and no number is given twice.
 */
export async function allocateNumbers(
  projectId: string,
  kind: string,
  count: number
): Promise<number> {
  const { trx, organisationId } = Tenancy.current()
  const [{ last_number: last }] = await write(
    trx,
    `insert into ref_counters (organisation_id, project_id, kind, last_number) values (?, ?, ?, ?)
     on conflict (organisation_id, project_id, kind)
       do update set last_number = ref_counters.last_number + excluded.last_number
     returning last_number`,
    [organisationId, projectId, kind, count]
  )
  return last - count + 1
}
