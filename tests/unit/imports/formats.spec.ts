import { test } from '@japa/runner'
import { countsOf, fieldsOf, planCsv, planRows, planSheets, recordsOf } from '#tests/support/plans'
import type { Value } from '#tests/support/xlsx_writer'

const day = (v: number) => ({ v, style: 'date' as const })

test.group('Imports | where tables stand', () => {
  test('under title and metadata rows, from B2, above a footer and a key', ({ assert }) => {
    const plan = planRows([
      [],
      ['', 'Project risk register'],
      ['', 'Project', 'Atlas', 'Manager', 'PM'],
      [],
      ['', 'ID', 'Description', 'Likelihood', 'Impact', 'Owner'],
      ['', 'R1', 'Vendor fails', 'High', 'Low', 'AB'],
      ['', 'Total', '', 1, 1],
      [],
      ['', 'Key'],
      ['', 'High', '> 60 %'],
      ['', 'Generated at 10:00 by the PMO'],
    ])
    assert.deepEqual(countsOf(plan), { risk: 1 })
    assert.deepEqual(
      plan.rows.filter((row) => row.kind === 'skipped').map(({ code }) => code),
      ['title', 'title', 'total', 'key', 'key', 'key']
    )
  })

  test('under merged headers of two rows, with and without the merges', ({ assert }) => {
    const rows: Value[][] = [
      ['ID', 'Risk', 'Inherent', '', 'Residual', '', 'Owner'],
      ['', '', 'L', 'I', 'L', 'I', ''],
      ['R1', 'Fire', 5, 4, 2, 3, 'FM'],
    ]
    for (const merges of [['C1:D1', 'E1:F1', 'A1:A2', 'B1:B2', 'G1:G2'], []]) {
      const [record] = recordsOf(planRows(rows, 'Risks', { merges }))
      const { inherentLikelihood, inherentImpact, currentLikelihood, currentImpact, ownerLabel } =
        record.attributes
      assert.deepEqual(
        [inherentLikelihood, inherentImpact, currentLikelihood, currentImpact, ownerLabel],
        [5, 4, 2, 3, 'FM']
      )
    }
  })

  test('stacked in one sheet and side by side', ({ assert }) => {
    const stacked = planRows([
      ['RISKS'],
      ['ID', 'Description', 'L', 'I'],
      [1, 'Scope unclear', 4, 5],
      [],
      ['ISSUES'],
      ['ID', 'Description', 'Severity', 'Resolution'],
      [1, 'Door broken', 'High', 'Fix'],
      [],
      ['DEPENDENCIES'],
      ['ID', 'Description', 'Depends on', 'Needed by'],
      [1, 'Test lab', 'Infra', day(45250)],
    ])
    assert.deepEqual(countsOf(stacked), { risk: 1, issue: 1, dependency: 1 })
    const beside = planCsv(
      'Risks,,,,Issues,,\nID,Risk,Impact,,ID,Issue,Severity\nR1,Fire,High,,I1,Smoke,Low\nR2,Flood,Low,,,,\n'
    )
    assert.deepEqual(countsOf(beside), { risk: 2, issue: 1 })
  })

  test('with section rows that name the type', ({ assert }) => {
    const plan = planCsv(
      'ID,Description,Owner,Status\nRISKS,,,\n1,Late parts,A,Open\nASSUMPTIONS,,,\n2,Staff stay,B,Open\nTechnical,,,\n3,Power holds,B,Open\n'
    )
    assert.deepEqual(countsOf(plan), { risk: 1, assumption: 2 })
  })

  test('beside a Gantt chart', ({ assert }) => {
    const plan = planRows(
      [
        ['ID', 'Risk', 'P', 'I', 'Jan', 'Feb', 'Mar', 'Apr'],
        ['R1', 'Late', 'H', 'M', 'x', 'x', '', ''],
      ],
      'Risks'
    )
    assert.equal(plan.tables[0].leftOut[0].reason, 'a timeline chart')
    assert.lengthOf(recordsOf(plan)[0].ignored, 2)
  })

  test('a sheet per type among sheets that are no data', ({ assert }) => {
    const plan = planSheets([
      { name: 'Read me', rows: [['How to use this log']] },
      {
        name: 'Risks',
        rows: [
          ['ID', 'Risk', 'Probability'],
          ['R1', 'Fire', 'Low'],
        ],
      },
      {
        name: 'Assumptions',
        rows: [
          ['ID', 'Assumption', 'Validation'],
          ['A1', 'Staff stay', 'Ask'],
        ],
      },
      {
        name: 'Actions',
        rows: [
          ['ID', 'Action', 'Owner', 'Due'],
          ['1', 'Call', 'X', '2024-01-01'],
        ],
      },
      {
        name: 'Lessons',
        rows: [
          ['Lesson', 'Event', 'Effect'],
          ['Start early', 'x', 'y'],
        ],
      },
      {
        name: 'Heat map',
        rows: [
          ['', 'L', 'M', 'H'],
          ['H', 3, 6, 9],
          ['M', 2, 4, 6],
          ['L', 1, 2, 3],
        ],
      },
      {
        name: 'Pivot',
        rows: [
          ['Row Labels', 'Count of ID'],
          ['Open', 3],
          ['Grand Total', 3],
        ],
      },
      {
        name: 'Lists',
        rows: [
          ['Status', 'Owner'],
          ['Open', 'PM'],
        ],
      },
      { name: 'Empty', rows: [] },
    ])
    assert.deepEqual(countsOf(plan), { risk: 1, assumption: 1 })
    const verdicts = plan.sheets.map(({ verdict }) => verdict)
    assert.deepEqual(verdicts, [
      'instructions',
      'table',
      'table',
      'table',
      'table',
      'heat_map',
      'pivot',
      'lookup',
      'empty',
    ])
    assert.isTrue(plan.sheets.every(({ verdict, reason }) => verdict === 'table' || reason !== ''))
    assert.deepEqual(
      plan.tables.map(({ mapping }) => mapping.include),
      [true, true, false, false]
    )
  })

  test('in hidden rows and sheets, and says so', ({ assert }) => {
    const plan = planSheets([
      {
        name: 'Risks',
        hiddenRows: [3],
        rows: [
          ['ID', 'Risk'],
          ['R1', 'Fire'],
          ['R2', 'Flood'],
        ],
      },
      {
        name: 'Old issues',
        state: 'veryHidden',
        rows: [
          ['ID', 'Issue', 'Status'],
          ['I1', 'Smoke', 'Closed'],
        ],
      },
    ])
    assert.deepEqual(countsOf(plan), { risk: 2, issue: 1 })
    assert.deepEqual(
      recordsOf(plan).map(({ hidden }) => hidden),
      [false, true, true]
    )
    assert.lengthOf(plan.warnings, 2)
  })
})

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

test.group('Imports | which type a row is', () => {
  test('by a Type column in words or letters', ({ assert }) => {
    const words = planCsv(
      'Typ;Titel;Zuständig\nRisiko;a b;x\nAnnahme;c d;x\nOffener Punkt;e f;x\nAbhängigkeit;g h;x\nBeschluss;i j;x\nChance;k l;x\nMaßnahme;m n;x\n'
    )
    assert.deepEqual(countsOf(words), {
      risk: 2,
      assumption: 1,
      issue: 1,
      dependency: 1,
      decision: 1,
    })
    assert.equal(recordsOf(words)[5].attributes.nature, 'opportunity')
    const letters = planCsv('RAID,Ref,Summary\nR,1,a b\nA,2,c d\nI,3,e f\nD,4,g h\n')
    assert.deepEqual(countsOf(letters), { risk: 1, assumption: 1, issue: 1, dependency: 1 })
  })

  test('by the letters of its reference', ({ assert }) => {
    const plan = planCsv(
      'Ref,Statement,Owner\nA-01,Staff stay,HR\nA-02,Office open,FM\nD-01,Network ready,IT\n'
    )
    assert.deepEqual(countsOf(plan), { assumption: 2, dependency: 1 })
  })

  test('A and D are actions and decisions where the log says so', ({ assert }) => {
    const plan = planRows([
      ['Risks, Actions, Issues, Decisions'],
      ['ID', 'Type', 'Description'],
      [1, 'R', 'Vendor folds'],
      [2, 'A', 'Call vendor'],
      [3, 'D', 'Switch vendor'],
    ])
    assert.deepEqual(countsOf(plan), { risk: 1, decision: 1 })
  })

  test('of trackers: all issues, unless they track RAID types', ({ assert }) => {
    const bugs = planCsv(
      'Issue Type,Key,Summary,Status,Created\nBug,X-1,Crash,Done,12/Jan/24 3:04 PM\nTask,X-2,Clean,To Do,13/Jan/24 3:04 PM\nGenerated at Sat Mar 22,,,,\n'
    )
    assert.deepEqual(countsOf(bugs), { issue: 2 })
    const raid = planCsv(
      'Issue Type,Key,Summary,Status\nRisk,X-1,Late,To Do\nBug,X-2,Crash,Done\nStory,X-3,As a user,To Do\n'
    )
    assert.deepEqual(countsOf(raid), { risk: 1, issue: 1 })
  })

  test('plans hold tasks, in their order and below each other', ({ assert }) => {
    const plan = planRows([
      ['ID', 'Task', 'Duration', 'Predecessors', 'Start Date', 'End Date'],
      [1, 'Plan', 5, '', day(45000), day(45005)],
      [2, '  Draft', 2, '1fs', day(45000), day(45002)],
    ])
    assert.deepEqual(countsOf(plan), { task: 2 })
    assert.include(plan.tables[0].mapping.reason, 'tasks')
    const [whole, part] = recordsOf(plan)
    assert.deepEqual([whole.predecessors, whole.parentRow], [[], null])
    assert.deepEqual([part.predecessors, part.parentRow], [['1'], 2])
    assert.deepEqual(part.attributes, {
      title: 'Draft',
      description: 'Duration: 2',
      startOn: '2023-03-15',
      dueOn: '2023-03-17',
      status: 'todo',
    })
  })

  test('links between tasks are read however tools write them', ({ assert }) => {
    const links = ['2fs', '2FS+3d; 7', '3SS', '1.2, A-4', 'the survey', '4 EA']
    const plan = planRows([
      ['ID', 'Task name', 'Predecessors', '% complete'],
      ...links.map((link, at) => [at + 1, `Task ${at}`, link, at * 20]),
    ])
    const records = recordsOf(plan)
    assert.deepEqual(
      records.map(({ predecessors }) => predecessors),
      [['2'], ['2', '7'], ['3'], ['1.2', 'A-4'], [], ['4']]
    )
    assert.include(records[1].notes.join(), '“2FS+3d” is read as waiting for the end')
    assert.include(records[4].notes.join(), 'names no row')
    assert.deepEqual(
      records.map(({ attributes }) => attributes.status),
      ['todo', ...Array.from({ length: 4 }, () => 'in_progress'), 'done']
    )
  })
})
