import { test } from '@japa/runner'
import { countsOf, fieldsOf, planCsv, planRows, recordsOf } from '#tests/support/plans'

test.group('Imports | what headers say', () => {
  const languages: Record<string, string> = {
    German:
      'Lfd. Nr.;Risikobezeichnung;Eintrittswahrscheinlichkeit;Auswirkung;Maßnahmen;Verantwortlich;Fällig bis;Status\n1;Frost;hoch;sehr gering;Heizen;Bauleitung;30.06.2024;in Bearbeitung',
    French:
      'N°;Intitulé du risque;Probabilité;Gravité;Plan d’actions;Responsable;Échéance;Statut\n1;Gel;élevée;très faible;Chauffer;Chantier;30/06/2024;En cours',
    Spanish:
      'N.º;Riesgo;Probabilidad;Impacto;Plan de mitigación;Responsable;Fecha límite;Estado\n1;Helada;alta;muy bajo;Calentar;Obra;30/06/2024;En curso',
    Italian:
      'ID;Rischio;Probabilità;Impatto;Misure;Responsabile;Scadenza;Stato\n1;Gelo;alta;molto basso;Scaldare;Cantiere;30/06/2024;In corso',
    Portuguese:
      'Nº;Risco;Probabilidade;Impacto;Ações;Responsável;Prazo;Situação\n1;Geada;alta;muito baixo;Aquecer;Obra;30/06/2024;Em andamento',
    Dutch:
      'Volgnr;Risico;Kans;Impact;Beheersmaatregel;Risico-eigenaar;Streefdatum;Status\n1;Vorst;hoog;zeer laag;Stoken;Bouw;30-06-2024;Lopend',
    Polish:
      'Lp;Ryzyko;Prawdopodobieństwo;Wpływ;Działania;Właściciel;Termin realizacji;Status\n1;Mróz;wysokie;bardzo niskie;Grzać;Budowa;30.06.2024;w toku',
    Swedish:
      'Nr;Risk;Sannolikhet;Konsekvens;Åtgärd;Ansvarig;Slutdatum;Status\n1;Frost;hög;mycket låg;Värma;Bygg;2024-06-30;Pågående',
    Norwegian:
      'Nr;Risiko;Sannsynlighet;Konsekvens;Tiltak;Ansvarlig;Frist;Status\n1;Frost;høy;svært lav;Varme;Bygg;30.06.2024;Under arbeid',
    Danish:
      'Nr;Risiko;Sandsynlighed;Konsekvens;Handling;Ejer;Frist;Status\n1;Frost;høj;meget lav;Varme;Byg;30-06-2024;I gang',
  }

  for (const [language, text] of Object.entries(languages)) {
    test(`in ${language}`, ({ assert }) => {
      const [{ attributes }] = recordsOf(planCsv(text))
      const { title, currentLikelihood, currentImpact, dueOn, status } = attributes
      assert.deepEqual(
        [currentLikelihood, currentImpact, dueOn, status],
        [4, 1, '2024-06-30', 'treating']
      )
      assert.isTrue(Boolean(title && attributes.responsePlan && attributes.ownerLabel))
    })
  }

  test('misspelt, padded, on several lines, with hints', ({ assert }) => {
    const plan = planRows([
      [
        '  ID ',
        'Desciption',
        'Likelyhood\n(1=low, 5=high)',
        'Impcat [1 to 5]',
        'Mitgation plan',
        'Risk Onwer:',
        'Staus',
      ],
      ['1', 'Cable cut', 4, 2, 'Spare cable', 'AL', 'Clsoed'],
    ])
    assert.deepEqual(Object.values(fieldsOf(plan)), [
      'sourceId',
      'description',
      'currentLikelihood',
      'currentImpact',
      'responsePlan',
      'ownerLabel',
      'status',
    ])
  })

  test('twice, for before and after', ({ assert }) => {
    const plan = planCsv(
      'ID|Risk|Probability|Impact|Probability|Impact\n1|Alpha|High|High|Low|Med\n'
    )
    const { attributes } = recordsOf(plan)[0]
    assert.deepEqual(
      [attributes.inherentLikelihood, attributes.currentLikelihood, attributes.currentImpact],
      [4, 2, 3]
    )
  })

  test('nothing at all', ({ assert }) => {
    const plan = planCsv(
      ',Summary,,,\nR1,Late parts,High,Open,2024-01-01\nR2,No staff,Low,Closed,2024-02-01\n'
    )
    assert.deepEqual(countsOf(plan), { risk: 2 })
    assert.equal(recordsOf(plan)[1].attributes.status, 'closed')
  })

  test('Description and Decision are no months', ({ assert }) => {
    const plan = planCsv(
      'RAID Category,Description,Owner\nRisk,Late kit,A\nConstraint,Capped,B\nIssue,Noise,C\n'
    )
    assert.deepEqual(countsOf(plan), { risk: 1, issue: 1 })
  })

  test('unknown columns stay readable in the description', ({ assert }) => {
    const [{ attributes }] = recordsOf(planCsv('ID,Risk,Flux capacitor\n1,Fire,charged\n'))
    assert.equal(attributes.description, 'Flux capacitor: charged')
  })
})
