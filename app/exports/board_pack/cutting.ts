import { lettersOf } from '#exports/typesetting/breaking'

/** A text in two: as many words as fit, and the others. Only a word that does not fit by itself is cut. */
export function cutText(text: string, fits: (part: string) => boolean): [string, string] {
  if (fits(text)) return [text, '']
  const isRoom = (end: number) => fits(text.slice(0, end))
  const spaces = [...text.matchAll(/\s+/g)].map(({ index }) => index)
  const end = lastOf(spaces, isRoom) || lastOf(endsOf(lettersOf(text)), isRoom)
  return [text.slice(0, end), text.slice(end).trimStart()]
}

function endsOf(pieces: string[]) {
  let end = 0
  return pieces.map(({ length }) => (end += length))
}

/** The last of the ends for which there is room; 0 if there is none. */
function lastOf(ends: number[], isRoom: (end: number) => boolean) {
  let [fitting, most] = [0, ends.length]
  while (fitting < most) {
    const middle = Math.ceil((fitting + most) / 2)
    if (isRoom(ends[middle - 1])) fitting = middle
    else most = middle - 1
  }
  return fitting === 0 ? 0 : ends[fitting - 1]
}
