import { test } from '@japa/runner'
import { jobs } from '#jobs/index'
import { tasksOf } from '#jobs/tasks'
import { declaredRoutes } from '#start/router'
import { FakeClaude } from '#tests/support/claude'
import { performer } from '#tests/support/exercises'
import { assistantKindExercises } from '#tests/support/exercises/assistant_kinds'
import { switchOn } from '#tests/support/assistant'
import { holder, setScene, type Scene } from '#tests/support/scene'
import { pathTo } from '#tests/support/scene_ids'
import { send } from '#tests/support/sending'
import { registerStaff } from '#tests/support/world'

test.group('Assistant: silence', (group) => {
  let claude: FakeClaude
  let scene: Scene

  group.setup(async () => {
    claude = await FakeClaude.start()
    scene = await setScene()
    await switchOn(scene.world)
    return () => claude.stop()
  })

  test('no page, whoever opens it, makes anything leave for Anthropic', async ({
    assert,
    client,
  }) => {
    const staff = await registerStaff()
    let visited = 0
    for (const { access, methods, pattern } of declaredRoutes()) {
      if (!methods.includes('GET') || /\*|callback$/.test(pattern)) continue
      const guarded = access.kind === 'can' || access.kind === 'platform'
      if (!guarded && pattern.includes(':')) continue
      const path = await pathTo(scene, pattern)
      const people =
        access.kind === 'can'
          ? [await holder(scene, access.ability), await scene.world.person('manager')]
          : [staff, null]
      for (const person of people) {
        const response = await send(client, 'GET', path, person)
        assert.isBelow(response.status(), 500, path)
        visited++
      }
    }
    assert.isAbove(visited, 150)
    assert.lengthOf(claude.journal, 0)
  })

  test('the page of a proposal makes no call either', async ({ assert, client }) => {
    for (const [name, page] of [
      ['assistant.question_tasks.store', 'question'],
      ['assistant.assumption_reviews.store', 'assumption'],
    ]) {
      const exercise = await assistantKindExercises[name](scene)
      const path = `/projects/${scene.project.id}/assistant/drafts/${exercise.params!.id}/${page}`
      const response = await client.get(path).as(await performer(scene, exercise))
      response.assertStatus(200)
    }
    assert.lengthOf(claude.journal, 0)
  })

  test('no job makes a call', async ({ assert }) => {
    const { organisationId } = scene.world
    const ids = { organisationId, mailId: scene.project.id, evidenceId: scene.project.id }
    for (const [name, task] of Object.entries(tasksOf(jobs))) {
      // Those that find nothing under these ids give up, as they should.
      await (task as any)(ids, { job: { id: '1' } }).catch(() => {})
      assert.lengthOf(claude.journal, 0, name)
    }
  })
})
