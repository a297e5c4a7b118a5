import type { RecordType } from '#imports/vocabulary/kinds'
import { words } from '#imports/vocabulary/text'

/** What a status word means, whatever the record type. */
export type Situation =
  | 'draft'
  | 'open'
  | 'progress'
  | 'hold'
  | 'watched'
  | 'accepted'
  | 'mitigated'
  | 'resolved'
  | 'closed'
  | 'rejected'
  | 'happened'
  | 'validating'
  | 'valid'
  | 'invalid'
  | 'agreed'
  | 'at_risk'
  | 'missed'
  | 'decided'
  | 'superseded'
  | 'on_track'

export const SITUATIONS: Record<Situation, string[]> = {
  draft: words(
    `draft, proposed, suggested, proposal, to be assessed, to be reviewed, awaiting assessment, potential, candidate, triage, submitted, under assessment, awaiting review, unassessed, unconfirmed, entwurf, vorgeschlagen, vorschlag, brouillon, propose, proposee, a valider, borrador, propuesto, propuesta, bozza, proposto, proposta, rascunho, concept, voorgesteld, wersja robocza, szkic, proponowany, proponowane, utkast, foreslagen, foreslatt, foreslaet, kladde`
  ),
  open: words(`open, opened, new, active, identified, live, raised, logged, not started, to do, todo, reopened, re opened, unresolved, outstanding, pending, current, yes, y, o, unvalidated, not validated, to be validated, awaiting validation, unverified, not yet started, backlog, planned, upcoming, created, registered, waiting for support, selected for development, assigned, still open, remains open, escalated, reported, acknowledged, received, identified new, awaiting, to be confirmed, not met, unmet, undecided, to be decided, awaiting decision, pending decision, decision pending, required, requested, untested, not done, to validate, open issue, open risk,
    offen, offene, neu, aktiv, identifiziert, eroffnet, erfasst, ausstehend, geplant, nicht begonnen, gemeldet, unbestatigt, zu prufen, ouvert, ouverte, nouveau, nouvelle, actif, active fr, identifie, identifiee, en attente, a faire, planifie, non traite, prevu, abierto, abierta, nuevo, nueva, activo, activa, identificado, identificada, pendiente, por hacer, planificado, vigente, sin iniciar, aperto, aperta, nuovo, nuova, attivo, attiva, identificato, da fare, in attesa, pianificato, da avviare, aberto, aberta, novo, nova, ativo, ativa, pendente, a fazer, planejado, planeado, nao iniciado,
    openstaand, nieuw, actief, geidentificeerd, te doen, gepland, niet gestart, otwarte, otwarty, otwarta, nowe, nowy, nowa, aktywne, aktywny, aktywna, zidentyfikowane, oczekujace, zaplanowane, do zrobienia, oppen, oppet, oppna, ny, nytt, aktiv sv, identifierad, ej paborjad, planerad, vantande, apen, apent, apne, ikke startet, planlagt, aben, abent, ikke pabegyndt, afventer`),
  progress:
    words(`in progress, inprogress, in prog, wip, work in progress, ongoing, on going, underway, under way, started, being worked, working, working on it, in work, in hand, treating, treatment, in treatment, being treated, mitigating, in mitigation, mitigation in progress, under mitigation, being mitigated, actioned, actioning, action in progress, action required, investigating, under investigation, under review, in review, in analysis, analysis, analysing, under action, being managed, managed, managing, work started, in development, in testing, in implementation, implementing, implementation, active mitigation, responding, response in progress, partially complete, partly complete, partially mitigated, in flight, being addressed, addressing,
    in bearbeitung, laufend, lauft, in arbeit, begonnen, in umsetzung, in behandlung, in prufung, wird bearbeitet, gestartet, en cours, en traitement, en cours de traitement, en cours d analyse, demarre, en proceso, en curso, en progreso, en tratamiento, en marcha, iniciado, trabajando, in corso, in lavorazione, in trattamento, avviato, em andamento, em curso, em progresso, em tratamento,
    in behandeling, lopend, bezig, in uitvoering, onderhanden, w toku, w trakcie, w realizacji, realizowane, rozpoczete, pagaende, pagar, pagaar, under arbete, paborjad, under behandling, pagar arbete, under arbeid, pagaende arbeid, startet, i gang, igangvaerende, igang, under udforelse, pabegyndt, behandles`),
  hold: words(
    `on hold, hold, onhold, feedback, blocked, deferred, paused, suspended, postponed, parked, stalled, waiting, waiting for customer, awaiting customer, awaiting info, awaiting information, awaiting response, waiting for third party, stuck, delayed start, dormant, inactive pending, awaiting vendor, awaiting user, awaiting problem, awaiting change, pausiert, zuruckgestellt, wartend, blockiert, angehalten, ruht, verschoben, en pause, bloque, suspendu, reporte, differe, en espera, bloqueado, suspendido, aplazado, sospeso, bloccato, rinviato, suspenso, adiado, em espera, pausado, in de wacht, uitgesteld, geblokkeerd, aangehouden, wstrzymane, wstrzymany, zawieszone, odlozone, zablokowane, pausad, vilande, uppskjuten, blockerad, pa vent, blokkert, utsatt, pausat, pa hold, sat pa pause, udskudt, afventer svar`
  ),
  watched: words(
    `monitoring, monitor, monitored, watch, watching, watchlist, watch list, on watch, being monitored, under observation, observe, observed, tracking, tracked, keep watching, stable, controlled, under control, contained, beobachtung, beobachten, in beobachtung, wird beobachtet, uberwacht, uberwachung, unter beobachtung, surveillance, sous surveillance, surveille, a surveiller, suivi, en surveillance, en seguimiento, monitorizado, monitoreo, en monitoreo, seguimiento, monitorizando, monitoraggio, in monitoraggio, sotto controllo, monitorato, em monitoramento, monitoramento, monitorado, em monitorizacao, monitorando, gemonitord, bewaken, monitoren, onder controle, bewaakt, monitorowane, monitorowany, obserwowane, monitorowanie, bevakas, overvakas, overvakning, overvakes, folges opp, overvages, overvagning`
  ),
  accepted: words(
    `accepted, accept, tolerated, tolerate, risk accepted, akzeptiert, angenommen, getragen, accepte, acceptee, aceptado, aceptada, accettato, accettata, aceito, aceite, geaccepteerd, zaakceptowane, zaakceptowany, accepterad, akseptert, accepteret`
  ),
  mitigated: words(
    `mitigated, treated, fully mitigated, reduced, transferred, avoided, risk mitigated, gemindert, behandelt, vermieden, mitigue, attenue, traite, mitigado, mitigada, tratado, mitigato, trattato, gemitigeerd, beheerst, ograniczone, zmitygowane, atgardad, mitigert, redusert, redusert risiko, behandlet, mitigeret, reduceret`
  ),
  resolved: words(
    `resolved, fixed, solved, implemented, remediated, answered, addressed, completed pending closure, ready for closure, pending closure, ready to close, proposed closed, gelost, behoben, umgesetzt, resolu, resolue, corrige, mis en oeuvre, resuelto, resuelta, solucionado, implementado, risolto, risolta, implementato, resolvido, resolvida, opgelost, geimplementeerd, rozwiazane, rozwiazany, wdrozone, lost, avklarad, implementerad, loyst, implementert, avklart, implementeret`
  ),
  closed:
    words(`closed, close, c, complete, completed, done, finished, ended, retired, expired, archived, inactive, no, n, passed, delivered, received, met, satisfied, fulfilled, no longer applicable, no longer valid, not applicable anymore, no longer a risk, obsolete, closed complete, closed completed, closed successful, closed skipped, lapsed, elapsed, cleared, removed, historic, closed no action, actioned closed, closed resolved,
    geschlossen, erledigt, abgeschlossen, beendet, fertig, archiviert, geliefert, erfullt, inaktiv, entfallt, ferme, fermee, clos, close fr, cloture, cloturee, termine, terminee, acheve, livre, solde, soldee, cerrado, cerrada, completado, completada, terminado, terminada, finalizado, finalizada, hecho, entregado, cumplido, chiuso, chiusa, completato, completata, terminato, concluso, consegnato, fechado, fechada, concluido, concluida, completo, encerrado, encerrada, finalizado pt, entregue, terminado pt,
    gesloten, afgesloten, afgerond, klaar, gereed, voltooid, afgehandeld, opgeleverd, geleverd, vervallen, zamkniete, zamkniety, zamknieta, zakonczone, zakonczony, ukonczone, dostarczone, gotowe, spelnione, stangd, stangt, avslutad, avslutat, klar, fardig, klart, levererad, uppfylld, lukket, ferdig, avsluttet, fullfort, utfort, levert, oppfylt, afsluttet, faerdig, leveret, opfyldt, udfort`),
  rejected:
    words(`rejected, cancelled, canceled, withdrawn, declined, duplicate, invalid risk, not a risk, void, voided, deleted, dropped, won t fix, wont fix, wont do, won t do, not required, no longer required, not needed, no longer needed, abandoned, disregarded, dismissed, out of scope, not an issue, not reproducible, cannot reproduce, closed incomplete, closed rejected, closed cancelled, abgelehnt, storniert, zuruckgewiesen, verworfen, abgebrochen, zuruckgezogen, hinfallig, duplikat, rejete, rejetee, annule, annulee, refuse, refusee, abandonne, sans objet, rechazado, rechazada, cancelado, cancelada, descartado, anulado, respinto, annullato, annullata, rifiutato, scartato, rejeitado, rejeitada, cancelado pt, recusado, anulado pt,
    afgewezen, geannuleerd, ingetrokken, vervallen nl, odrzucone, odrzucony, anulowane, anulowany, avvisad, avslagen, avbruten, makulerad, avvist, kansellert, forkastet, avlyst, afvist, annulleret`),
  happened: words(
    `realised, realized, materialised, materialized, occurred, happened, triggered, became issue, became an issue, converted to issue, converted, now an issue, now issue, turned into issue, moved to issue, moved to issues, moved to issue log, transferred to issue, transferred to issues, escalated to issue, risk realised, risk occurred, crystallised, crystallized, issue, closed realised, impacted, hit, raised as issue, eingetreten, realisiert, zum problem geworden, materialise, survenu, survenue, avere, averee, realise, devenu probleme, materializado, materializada, ocurrido, ocurrida, verificato, verificatosi, concretizzato, manifestato, ocorrido, ocorreu, materializou se, concretizado, opgetreden, voorgedaan, ingetreden, zmaterializowane, zmaterializowany, wystapilo, intraffad, intraffat, inntraff, inntruffet, intruffet, indtruffet, indtraf`
  ),
  validating: words(
    `validating, in validation, being validated, under validation, testing, being tested, validation in progress, checking, verifying, in verification, under verification, partially validated, to be tested, in validierung, wird gepruft, prufung lauft, en validation, en cours de validation, en validacion, in validazione, em validacao, wordt gevalideerd, in validatie, w trakcie weryfikacji, weryfikowane, valideras, under validering, valideres`
  ),
  valid: words(
    `validated, valid, confirmed, true, verified, proven, holds, correct, still valid, proved, proven true, confirmed valid, assumption holds, tested ok, bestatigt, validiert, gultig, zutreffend, verifiziert, wahr, valide, validee, confirme, confirmee, verifie, avere vrai, vrai, validado, validada, confirmado, confirmada, valido, cierto, verdadero, verificado, validato, confermato, confermata, vero, valida, verificata, verdadeiro, gevalideerd, bevestigd, geldig, waar, geverifieerd, potwierdzone, potwierdzony, zweryfikowane, prawdziwe, zwalidowane, validerad, bekraftad, giltig, sann, verifierad, validert, bekreftet, gyldig, verifisert, valideret, bekraeftet, verificeret`
  ),
  invalid: words(
    `invalidated, invalid, false, disproved, disproven, incorrect, wrong, not valid, proven false, failed validation, not true, untrue, refuted, broken, violated, falsch, widerlegt, ungultig, nicht zutreffend, nicht bestatigt, invalide, invalidee, infirme, infirmee, faux, fausse, non valide, invalido, invalida, falso, falsa, refutado, incorrecto, invalidado, invalidato, smentito, smentita, non valido, incorreto, ongeldig, onjuist, weerlegd, niet geldig, niewazne, falszywe, nieprawdziwe, obalone, ogiltig, felaktig, falsk, motbevisad, ugyldig, avkreftet, ikke gyldig, afkraeftet, ugyldigt`
  ),
  agreed: words(
    `agreed, committed, confirmed by provider, signed off, baselined, secured, scheduled, contracted, booked, in place, vereinbart, zugesagt, abgestimmt, beauftragt, convenu, convenue, engage, planifie convenu, acordado, acordada, comprometido, concordato, concordata, impegnato, acordado pt, overeengekomen, afgesproken, toegezegd, uzgodnione, uzgodniony, overenskommen, avtalad, avtalt, avtalt levert, aftalt`
  ),
  on_track: words(
    `on track, green, g, on schedule, on target, ok, going well, im plan, planmassig, grun, auf kurs, vert, en bonne voie, dans les temps, verde, en plazo, in linea, no prazo, op schema, groen, zgodnie z planem, zielony, enligt plan, gron, i rute, i henhold til plan, gronn, som planlagt, pa sporet`
  ),
  at_risk: words(
    `at risk, amber, red, off track, delayed, late, overdue, slipping, slipped, behind, behind schedule, yellow, in jeopardy, threatened, in danger, critical, gefahrdet, rot, gelb, verspatet, uberfallig, im verzug, verzogert, a risque, en retard, rouge, orange, menace, en riesgo, retrasado, retrasada, atrasado, rojo, amarillo, a rischio, in ritardo, ritardato, rosso, giallo, em risco, atrasada, vermelho, amarelo, vertraagd, te laat, rood, oranje, bedreigd, zagrozone, zagrozony, opoznione, opozniony, czerwony, zolty, forsenad, i riskzonen, rod, gul, forsinket, i fare, utsatt for risiko, truet`
  ),
  missed: words(
    `missed, failed, not delivered, not fulfilled, breached, defaulted, undelivered, nicht erfullt, verfehlt, nicht geliefert, verpasst, manque, manquee, non livre, non tenu, echoue, incumplido, incumplida, fallido, fallida, no entregado, mancato, mancata, fallito, non rispettato, nao cumprido, falhou, nao entregue, perdido, gemist, niet geleverd, mislukt, niedotrzymane, niespelnione, missad, ej levererad, ikke levert, misset, ikke leveret, mislykket, glippet`
  ),
  decided: words(
    `decided, approved, made, final, finalised, finalized, taken, decision made, agreed decision, ratified, endorsed, effective, adopted, authorised, authorized, passed by board, entschieden, beschlossen, genehmigt, freigegeben, verabschiedet, getroffen, decide, decidee, approuve, approuvee, adopte, adoptee, prise, actee, acte, decidido, decidida, aprobado, aprobada, tomada, deciso, decisa, approvato, approvata, presa, aprovado, aprovada, tomado, besloten, goedgekeurd, genomen, vastgesteld, zdecydowano, zatwierdzone, zatwierdzony, podjeta, przyjete, beslutad, beslutat, godkand, fattat, besluttet, godkjent, vedtatt, godkendt, vedtaget`
  ),
  superseded: words(
    `superseded, replaced, reversed, overturned, overridden, revoked, revised, rescinded, amended, ersetzt, abgelost, aufgehoben, widerrufen, uberholt, remplace, remplacee, annule et remplace, revoquee, sustituido, sustituida, reemplazado, reemplazada, revocada, revocado, sostituito, sostituita, superata, revocata, substituido, substituida, revogada, vervangen, herroepen, achterhaald, zastapione, zastapiona, uchylone, ersatt, upphavd, erstattet, opphevet, erstattet af, ophaevet`
  ),
}

type Meaning = Record<Situation, string>

/** The product's state for each situation; the first state of a type is its default. */
export const STATES: Record<RecordType, { states: string[]; initial: string; meanings: Meaning }> =
  {
    risk: {
      states: ['draft', 'open', 'treating', 'monitoring', 'closed', 'realised', 'rejected'],
      initial: 'open',
      meanings: {
        draft: 'draft',
        open: 'open',
        progress: 'treating',
        hold: 'open',
        watched: 'monitoring',
        accepted: 'monitoring',
        mitigated: 'monitoring',
        resolved: 'closed',
        closed: 'closed',
        rejected: 'rejected',
        happened: 'realised',
        validating: 'open',
        valid: 'open',
        invalid: 'rejected',
        agreed: 'open',
        at_risk: 'open',
        missed: 'realised',
        decided: 'open',
        superseded: 'closed',
        on_track: 'open',
      },
    },
    assumption: {
      states: ['unvalidated', 'validating', 'validated', 'invalidated', 'retired'],
      initial: 'unvalidated',
      meanings: {
        draft: 'unvalidated',
        open: 'unvalidated',
        progress: 'validating',
        hold: 'unvalidated',
        watched: 'validating',
        accepted: 'unvalidated',
        mitigated: 'retired',
        resolved: 'validated',
        closed: 'retired',
        rejected: 'invalidated',
        happened: 'validated',
        validating: 'validating',
        valid: 'validated',
        invalid: 'invalidated',
        agreed: 'validated',
        at_risk: 'unvalidated',
        missed: 'invalidated',
        decided: 'validated',
        superseded: 'retired',
        on_track: 'unvalidated',
      },
    },
    issue: {
      states: ['open', 'in_progress', 'on_hold', 'resolved', 'closed'],
      initial: 'open',
      meanings: {
        draft: 'open',
        open: 'open',
        progress: 'in_progress',
        hold: 'on_hold',
        watched: 'in_progress',
        accepted: 'open',
        mitigated: 'resolved',
        resolved: 'resolved',
        closed: 'closed',
        rejected: 'closed',
        happened: 'open',
        validating: 'in_progress',
        valid: 'open',
        invalid: 'closed',
        agreed: 'open',
        at_risk: 'open',
        missed: 'open',
        decided: 'open',
        superseded: 'closed',
        on_track: 'in_progress',
      },
    },
    dependency: {
      states: ['proposed', 'agreed', 'at_risk', 'met', 'missed', 'cancelled'],
      initial: 'proposed',
      meanings: {
        draft: 'proposed',
        open: 'proposed',
        progress: 'agreed',
        hold: 'at_risk',
        watched: 'agreed',
        accepted: 'agreed',
        mitigated: 'met',
        resolved: 'met',
        closed: 'met',
        rejected: 'cancelled',
        happened: 'met',
        validating: 'proposed',
        valid: 'agreed',
        invalid: 'cancelled',
        agreed: 'agreed',
        at_risk: 'at_risk',
        missed: 'missed',
        decided: 'agreed',
        superseded: 'cancelled',
        on_track: 'agreed',
      },
    },
    decision: {
      states: ['proposed', 'decided', 'superseded'],
      initial: 'proposed',
      meanings: {
        draft: 'proposed',
        open: 'proposed',
        progress: 'proposed',
        hold: 'proposed',
        watched: 'proposed',
        accepted: 'decided',
        mitigated: 'decided',
        resolved: 'decided',
        closed: 'decided',
        rejected: 'decided',
        happened: 'decided',
        validating: 'proposed',
        valid: 'decided',
        invalid: 'superseded',
        agreed: 'decided',
        at_risk: 'proposed',
        missed: 'proposed',
        decided: 'decided',
        superseded: 'superseded',
        on_track: 'proposed',
      },
    },
    task: {
      states: ['todo', 'in_progress', 'blocked', 'done', 'cancelled'],
      initial: 'todo',
      meanings: {
        draft: 'todo',
        open: 'todo',
        progress: 'in_progress',
        hold: 'blocked',
        watched: 'in_progress',
        accepted: 'todo',
        mitigated: 'done',
        resolved: 'done',
        closed: 'done',
        rejected: 'cancelled',
        happened: 'done',
        validating: 'in_progress',
        valid: 'done',
        invalid: 'cancelled',
        agreed: 'todo',
        at_risk: 'in_progress',
        missed: 'todo',
        decided: 'done',
        superseded: 'cancelled',
        on_track: 'in_progress',
      },
    },
  }
