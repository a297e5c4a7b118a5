import type Import from '#models/import'
import Membership from '#models/membership'
import { number } from '#models/text/numbers'

/** A worker's progress with an import, or with undoing it. */
export async function importProgressState({
  attempts,
  createdBy,
  fileName,
  id,
  parts,
  partsDone,
  status,
}: Import) {
  const isUndoing = status === 'undoing'
  const names = await Membership.names([createdBy])
  return {
    file: { id, name: fileName, byName: names.get(createdBy) },
    isUndoing,
    title: isUndoing ? 'The import is being undone' : 'The file is being imported',
    now: stageOf({ attempts, parts, isUndoing }),
    progress: parts > 0 && {
      value: partsDone,
      max: parts,
      note: `${number(partsDone)} of ${number(parts)} records`,
    },
  }
}

function stageOf({
  attempts,
  parts,
  isUndoing,
}: Pick<Import, 'attempts' | 'parts'> & { isUndoing: boolean }) {
  if (attempts === 0) return 'Waiting to start.'
  if (isUndoing) return 'Undoing changes.'
  return parts === 0 ? 'Comparing the file with the project.' : 'Saving records.'
}
