import { fold, words } from '#imports/vocabulary/text'

const PLACEHOLDERS = new Set(
  words(`null, nil, none, nan, na, n a, tbc, tbd, tba, tbh, t b c, t b d, t b a, unassigned, not assigned, unknown, undefined, not applicable, not set, not specified, to be confirmed,
    to be determined, to be defined, to be decided, to be advised, to be assigned, to be agreed, nobody, no one, noone, blank, empty, pending assignment, not known, not available, select, please select, choose, choose one, select one, select from list, vacant, open position, no owner, name, not yet assigned, awaiting, none identified, unresolved, xx, xxx, xxxx, lorem ipsum, ref, value, div 0, name error, not yet known, owner tbc, owner tbd, date tbc, date tbd,
    k a, keine, keiner, offen, nicht zugewiesen, unbekannt, nicht vergeben, noch offen, noch zu bestimmen, n n, nn, entfallt, noch festzulegen, non assigne, non attribue, inconnu, a definir, a determiner, a confirmer, neant, sans objet, s o, aucun, aucune, non defini, nc, n c, nd, n d, sin asignar, no asignado, desconocido, por definir, por confirmar, por determinar, ninguno, ninguna, no aplica, n p,
    non assegnato, da assegnare, da definire, sconosciuto, nessuno, nessuna, non applicabile, da confermare, nao atribuido, nao aplicavel, a confirmar, nenhum, nenhuma, desconhecido, por atribuir, n v t, nvt, n t b, ntb, nog te bepalen, niet toegewezen, onbekend, geen, nog onbekend, nader te bepalen, brak, nieprzypisane, nieprzypisany, do ustalenia, nieznany, nie dotyczy, b d, bd, nd pl,
    ej tilldelad, okand, saknas, ej satt, ej tillampligt, ikke tildelt, ukjent, ingen, ikke relevant, ikke satt, ukendt, inga, ikke angivet, ej angiven`)
)

const ERRORS = /^#(n\/?a|ref!?|value!?|div\/0!?|name\??|null!?|num!?|spill!?|calc!?|getting_data)$/i

/** Whether a cell says only that it was not filled in. */
export function isPlaceholder(text: string): boolean {
  const trimmed = text.trim()
  if (ERRORS.test(trimmed)) return true
  if (/^[-–—_.?!*…~/\\#<>[\]() ]*$/.test(trimmed) && trimmed.length < 12) return trimmed !== ''
  if (trimmed.length > 40) return false
  const plain = fold(trimmed)
  return PLACEHOLDERS.has(plain) || PLACEHOLDERS.has(plain.replace(/ (date|owner|person)$/, ''))
}

/** Whether a cell prompts for content: '<Describe the risk>', '[Insert name]'. */
export function isPrompt(text: string): boolean {
  const trimmed = text.trim()
  return /^[<[{«][^<>[\]{}]*[>\]}»]\.?$/s.test(trimmed) && trimmed.length > 2
}
