import { FuzzyIndex } from '#imports/vocabulary/fuzzy'
import { fold, words } from '#imports/vocabulary/text'

/** Words for the five steps; 'low' is always 2 and 'high' 4, as the product names them. */
const STEPS: Record<number, string> = {
  1: `very low, vl, very unlikely, rare, remote, improbable, negligible, insignificant, trivial, minimal, none, very small, highly unlikely, lowest, very minor, extremely unlikely, extremely low, no impact, cosmetic, informational, v low, vlow,
    sehr gering, sehr niedrig, sehr klein, sehr unwahrscheinlich, unwesentlich, vernachlassigbar, unbedeutend, sehr selten,
    tres faible, negligeable, tres improbable, insignifiant, rarissime, muy bajo, muy baja, insignificante, raro, rara, muy improbable, remoto, despreciable, molto basso, molto bassa, trascurabile, molto improbabile, irrilevante,
    muito baixo, muito baixa, desprezivel, muito improvavel, zeer laag, zeer klein, verwaarloosbaar, zeer onwaarschijnlijk, bardzo niski, bardzo niska, bardzo niskie, znikome, znikomy, bardzo male, mycket lag, mycket liten, forsumbar, svaert lav, veldig lav, svaert liten, ubetydelig, meget lav, meget lille, ubetydeligt, minimal`,
  2: `low, l, lo, unlikely, minor, small, seldom, weak, slight, lower, limited, tolerable, p4, sev4,
    gering, niedrig, klein, unwahrscheinlich, selten, schwach, leicht, niedrige, geringe, g, n, faible, f, mineur, mineure, peu probable, improbable faible, peu eleve, bas, basse, bajo, baja, b, menor, poco probable, leve, basso, bassa, minore, poco probabile, lieve, improbabile,
    baixo, baixa, pouco provavel, improvavel, laag, klein risico, onwaarschijnlijk, gering nl, niski, niska, niskie, male, maly, mala, mato prawdopodobne, lag, liten, lite sannolikt, osannolik, lav, lille, lite sannsynlig, usandsynlig, mindre`,
  3: `medium, med, m, moderate, mod, possible, average, mid, middle, normal, fair, intermediate, occasional, significant, standard, p3, sev3, even chance, moderately likely,
    mittel, moglich, mittlere, massig, moderat, durchschnittlich, mittelgross, spurbar, gelegentlich, moyen, moyenne, modere, moderee, possible moyen, occasionnel, media, medio, moderado, moderada, posible, mediano, mediana, moderato, moderata, possibile,
    medio pt, possivel, gemiddeld, gemiddelde, midden, middel, mogelijk, matig, sredni, srednia, srednie, umiarkowany, umiarkowane, umiarkowana, mozliwe, mozliwy, medel, mojlig, mattlig, mellan, middels, mulig, mellem, moderat niva`,
  4: `high, h, hi, likely, major, probable, large, strong, serious, elevated, important, frequent, substantial, considerable, p2, sev2, quite likely, higher,
    hoch, hohe, wahrscheinlich, gross, stark, erheblich, haufig, wesentlich, bedeutend, eleve, elevee, fort, forte, majeur, majeure, grave, frequent fr, alto, alta, a, mayor, elevado, elevada, importante, probabile, maggiore, elevato, elevata, rilevante, provavel, maior,
    hoog, groot, waarschijnlijk, aanzienlijk, ernstig, wysoki, wysoka, wysokie, duze, duzy, duza, prawdopodobne, prawdopodobny, powazny, powazne, hog, stor, trolig, sannolik, betydande, hoy, sannsynlig, betydelig, alvorlig, hoj, sandsynlig, vaesentlig`,
  5: `very high, vh, very likely, almost certain, certain, critical, crit, extreme, catastrophic, severe, highly likely, highest, disastrous, near certain, nearly certain, extremely high, extremely likely, blocker, showstopper, show stopper, urgent, p1, p0, sev1, definite, expected, v high, vhigh, fatal, emergency, immediate,
    sehr hoch, sehr wahrscheinlich, kritisch, katastrophal, existenzbedrohend, fast sicher, sicher, sehr gross, nahezu sicher, existenzgefahrdend, sehr haufig, tres eleve, tres elevee, tres fort, tres forte, critique, catastrophique, quasi certain, certain fr, tres probable, maximal, muy alto, muy alta, critico, critica, catastrofico, catastrofica, casi seguro, casi segura, muy probable, extremo, extrema, severo, molto alto, molto alta, quasi certo, quasi certa, molto probabile, gravissimo, estremo,
    muito alto, muito alta, quase certo, quase certa, muito provavel, catastrofico pt, zeer hoog, zeer groot, kritiek, catastrofaal, bijna zeker, zeer waarschijnlijk, bardzo wysoki, bardzo wysoka, bardzo wysokie, krytyczny, krytyczne, krytyczna, katastrofalny, katastrofalne, prawie pewne, pewne, mycket hog, mycket stor, kritisk, katastrofal, naestan saker, mycket sannolik, svaert hoy, veldig hoy, svaert stor, svaert sannsynlig, meget hoj, meget stor, meget sandsynlig, katastrofalt`,
}

const levels = new Map<string, number>()
for (const [step, list] of Object.entries(STEPS)) {
  for (const word of words(list)) if (!levels.has(word)) levels.set(word, Number(step))
}

const PRIORITIES: Record<string, string> = {
  critical: `critical, blocker, urgent, highest, very high, vh, showstopper, show stopper, immediate, emergency, p1, p0, must, must have, kritisch, sehr hoch, dringend, critique, tres elevee, tres haute, urgente, critica, critico, muy alta, molto alta, muito alta, kritiek, zeer hoog, spoed, krytyczny, bardzo wysoki, kritisk, mycket hog, svaert hoy, meget hoj, sofort`,
  high: `high, hi, h, major, p2, important, should, should have, hoch, wichtig, elevee, eleve, haute, alta, alto, importante, hoog, wysoki, hog, hoy, hoj, majeur, majeure`,
  medium: `medium, med, m, moderate, normal, average, p3, could, could have, standard, mittel, moyenne, moyen, media, medio, gemiddeld, midden, sredni, medel, middels, mellem, normale`,
  low: `low, lo, l, minor, trivial, lowest, very low, p4, p5, wont, won t have, cosmetic, niedrig, gering, faible, basse, baja, bajo, bassa, basso, baixa, baixo, laag, niski, lag, lav, mineur, mineure`,
}

const priorities = new Map<string, string>()
for (const [name, list] of Object.entries(PRIORITIES)) {
  for (const word of words(list)) if (!priorities.has(word)) priorities.set(word, name)
}

const misspeltLevels = new FuzzyIndex(levels.keys())
const misspeltPriorities = new FuzzyIndex(priorities.keys())

/** The step of 1-5 that a word means, misspellings allowed. */
export function levelOf(text: string): number | null {
  return find(levels, misspeltLevels, text)
}

/** low, medium, high or critical, in the words of trackers and logs. */
export function priorityOf(text: string): string | null {
  return find(priorities, misspeltPriorities, text)
}

function find<T>(dictionary: Map<string, T>, misspelt: FuzzyIndex, text: string): T | null {
  const plain = fold(text)
  if (plain === '' || plain.length > 40) return null
  const known = dictionary.get(plain)
  if (known !== undefined) return known
  const close = misspelt.nearest(plain)
  return close ? dictionary.get(close)! : null
}
