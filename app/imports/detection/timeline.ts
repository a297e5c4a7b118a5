import { fold, words } from '#imports/vocabulary/text'

const NAMES = new Set(
  words(`jan, january, januar, janvier, janeiro, enero, ene, gennaio, gen, januari, styczen, sty, jaenner, janner, feb, february, februar, fevrier, fevr, fev, febrero, febbraio, fevereiro, februari, luty, lut,
    mar, march, marz, mars, marzo, marco, maart, mrt, marzec, mrz, apr, april, avril, avr, abril, abr, aprile, kwiecien, kwi, may, mai, mayo, maggio, mag, maio, mei, maj,
    jun, june, juni, juin, junio, giugno, giu, junho, czerwiec, cze, jul, july, juli, juillet, juil, julio, luglio, lug, julho, lipiec, lip, aug, august, aout, agosto, ago, augustus, augusti, sierpien, sie,
    sep, sept, september, septembre, septiembre, settembre, set, setembro, wrzesien, wrz, oct, october, oktober, okt, octobre, octubre, ottobre, ott, outubro, out, pazdziernik, paz,
    nov, november, novembre, noviembre, novembro, listopad, lis, dec, december, dezember, dez, decembre, diciembre, dic, dicembre, dezembro, desember, des, grudzien, gru`)
)
const SPANS =
  /^(w|wk|week|kw|s|sem|semaine|semana|uke|uge|vecka|v|q|qtr|quarter|fy|y|year|jahr|sprint|day|d|month|m|p|pi)\s?\d{1,4}( \d{2,4})?$/

/** Whether a header names a period, as the columns of a Gantt chart do. */
export function isTimeLabel(label: string): boolean {
  const plain = fold(label)
  if (
    /^\d{1,2}( \d{1,2}( \d{2,4})?)?$/.test(plain) ||
    /^(19|20)\d{2}( \d{2}( \d{2})?)?$/.test(plain)
  ) {
    return true
  }
  return (
    NAMES.has(plain.replace(/ \d{2,4}$/, '')) ||
    SPANS.test(plain) ||
    /^\d{1,2} \p{L}{3}( \d{2,4})?$/u.test(plain)
  )
}
