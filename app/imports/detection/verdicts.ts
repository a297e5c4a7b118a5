import type { SheetVerdict } from '#imports/detection/table'
import { levelOf } from '#imports/vocabulary/levels'
import { fold, valueIn } from '#imports/vocabulary/text'
import type { Sheet } from '#imports/workbook/workbook'

const LOOKUP_NAMES =
  /^(lists?|lookups?|look ups?|keys?|legends?|dropdowns?|drop downs?|drop down lists?|settings?|config|configuration|reference|references|reference data|ref data|values|validation|validation lists?|validations|data validation|master data|lov|picklists?|parameters?|admin|variables|codes?|tables?|lookup tables?|scales?|criteria|scoring|scoring key|scoring criteria|scoring guide|risk scoring|definitions?|glossary|legende|listen|auswahllisten?|auswahl|stammdaten|werte|parameter|schlussel|glossar|skala|bewertungsskala|bewertungskriterien|listes?|listes deroulantes|parametres|echelles?|glossaire|referentiel|listas?|parametros|leyenda|escalas?|glosario|elenchi|elenco|parametri|legenda|scale|glossario|listas de valores|lijsten|keuzelijsten|begrippen|listy|slowniki|slownik|listor|forklaring|lister|verdier|nogle|hjelpeark|data lists?|risk key|raid key|key and definitions|lookup data|list data|drop downs lists|risk criteria|risk scale|impact scale|probability scale|rating scale|rating scales|risk rating key)$/
const INSTRUCTION_NAMES =
  /^(instructions?|read ?me|how to( use)?( this)?( log| register| template)?|help|guide|guidance|guidelines|user guide|about|cover|cover sheet|cover page|title page|introduction|intro|contents|table of contents|index|document control|version control|version history|revision history|change history|revisions|document history|doc control|notes|disclaimer|anleitung|hinweise|ausfullhinweise|deckblatt|hilfe|lies ?mich|inhalt|versionen|anderungshistorie|historie|mode d emploi|lisez ?moi|page de garde|aide|consignes|sommaire|historique|instrucciones|portada|ayuda|guia|indice|istruzioni|copertina|guida|leggimi|instrucoes|capa|ajuda|instructies|uitleg|voorblad|toelichting|instrukcja|instrukcje|pomoc|okladka|instruktioner|instruktion|hjalp|forsattsblad|instruksjoner|veiledning|hjelp|forside|vejledning|hjaelp|template instructions|smartsheet.*|.*-disclaimer-?|examples?|sample|beispiele?|exemples?)$/
const HEAT_NAMES =
  /(heat ?map|heatmap|matrix|matrice|matriz|matrise|risikomatrix|risikomatrise|macierz|risk map|risk grid|5x5)/
const PIVOT_NAMES =
  /(pivot|dashboard|summary|overview|chart|statistic|metrics|kpi|analysis|report|tableau croise|zusammenfassung|ubersicht|auswertung|synthese|resumen|riepilogo|resumo|samenvatting|podsumowanie|sammanfattning|oversikt|overblik|sammendrag|trend)/
const PIVOT_LABELS =
  /^(row labels|column labels|grand total|count of .*|sum of .*|average of .*|zeilenbeschriftungen|spaltenbeschriftungen|gesamtergebnis|anzahl von .*|etiquettes de lignes|etiquettes de colonnes|total general|nombre de .*|etiquetas de fila|etiquetas de columna|cuenta de .*|etichette di riga|totale complessivo|conteggio di .*|rotulos de linha|total geral|contagem de .*|rijlabels|eindtotaal|aantal van .*|etykiety wierszy|suma koncowa|radetiketter|totalsumma|radetiketter|totalsum|raekkenavne|hovedtotal)$/

type NamedVerdict = { verdict: SheetVerdict; reason: string }

const REASONS: Record<Exclude<SheetVerdict, 'table'>, string> = {
  empty: 'The sheet is empty.',
  instructions: 'The sheet holds instructions or document details.',
  lookup: 'The sheet holds lists or a key, not records.',
  pivot: 'The sheet summarises other sheets.',
  heat_map: 'The sheet is a heat map.',
  no_table: 'No table with headers was found.',
}

/** A verdict on a sheet with its reason, in words. */
export function verdictOf(verdict: Exclude<SheetVerdict, 'table'>): NamedVerdict {
  return { verdict, reason: REASONS[verdict] }
}

/** What a sheet's name promises, when it promises no data. */
export function verdictByName(sheet: Sheet): NamedVerdict | null {
  const name = fold(sheet.name).replace(/^\d+ /, '')
  if (LOOKUP_NAMES.test(name)) return verdictOf('lookup')
  if (INSTRUCTION_NAMES.test(name)) return verdictOf('instructions')
  if (HEAT_NAMES.test(name)) return verdictOf('heat_map')
  if (PIVOT_NAMES.test(name)) return verdictOf('pivot')
  return null
}

/** Whether a sheet holds only what a pivot table writes. */
export function isPivot(sheet: Sheet): boolean {
  const texts = sheet.rows.flatMap((row) => [...row.cells.values()].map((cell) => fold(cell.text)))
  const found = new Set(texts.slice(0, 2_000).filter((text) => PIVOT_LABELS.test(text)))
  return found.size >= 2 || (sheet.hasPivot && found.size >= 1)
}

/** Whether a sheet is a grid of scores between two axes of levels. */
export function isHeatMap(sheet: Sheet): boolean {
  const cells = sheet.rows.flatMap((row) => [...row.cells.values()])
  if (cells.length < 9 || cells.length > 150) return false
  const shown = cells.filter((cell) =>
    /^\d{1,3}$|^R?-?\d{1,3}(, ?R?-?\d{1,3})*$/i.test(cell.text.trim())
  )
  const axes = cells.filter(
    (cell) => levelOf(valueIn(cell.text).replace(/^\d+\W*|\W*\d+\W*$/g, '')) !== null
  )
  return shown.length + axes.length >= cells.length * 0.75 && axes.length >= 3
}

/** Says why a sheet without a table has none. */
export function verdictWithoutTable(sheet: Sheet): NamedVerdict {
  if (sheet.rows.length === 0) return verdictOf('empty')
  if (isPivot(sheet)) return verdictOf('pivot')
  if (isHeatMap(sheet)) return verdictOf('heat_map')
  const named = verdictByName(sheet)
  if (named) return named
  const cells = sheet.rows.flatMap((row) => [...row.cells.values()])
  const wordy = cells.filter((cell) => cell.text.trim().split(/\s+/).length > 6)
  const isProse = wordy.length >= cells.length * 0.3 && cells.length <= sheet.rows.length * 2
  return verdictOf(isProse ? 'instructions' : 'no_table')
}
