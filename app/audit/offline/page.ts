/// <reference lib="dom" />
import { checkPack } from '#audit/offline/check'
import { findings } from '#audit/offline/findings'
import { sha256Of } from '#audit/offline/source'
import { element, list } from '#audit/offline/elements'
import type { PackVerifier } from '#audit/pack_verifier'

const byId = (id: string) => document.getElementById(id)!
const field = (id: string) => byId(id) as HTMLInputElement

let chosen: File[] = []
let checked: PackVerifier | null = null

for (const id of ['zip', 'folder']) {
  field(id).addEventListener('change', () => check([...field(id).files!]))
}
byId('again').addEventListener('click', () => check(chosen))
field('other').addEventListener('change', () => compare([...field('other').files!]))
document.addEventListener('dragover', (event) => event.preventDefault())
document.addEventListener('drop', (event) => {
  event.preventDefault()
  const files = [...event.dataTransfer!.files]
  if (files.length === 1 && !/\.zip$/i.test(files[0].name)) return compare(files)
  return check(files)
})
if (!globalThis.crypto?.subtle) say('This browser cannot hash files here. Use verify-pack.mjs.')

/** Checks the chosen files and shows what was found. */
async function check(files: File[]) {
  if (files.length === 0) return say('Choose the ZIP, or the folder that it was unpacked into.')
  chosen = files
  checked = null
  byId('result').replaceChildren()
  say('Checking…')
  try {
    checked = await checkPack(files, field('keys').value)
    byId('result').replaceChildren(...findings(checked))
    say(checked.problems.length === 0 ? 'Checked.' : 'Checked: there are problems.')
  } catch (error) {
    say(`It could not be read: ${(error as Error).message}`)
  }
  byId('compare').hidden = checked === null
}

/** Says of any file whether it is one of the pack. */
async function compare(files: File[]) {
  if (!checked) return say('Choose the pack first, then the files to hold against it.')
  const lines = await Promise.all(files.map((file) => lineAbout(file, checked!)))
  byId('compared').replaceChildren(list(lines))
}

async function lineAbout(file: File, { files }: PackVerifier) {
  const hash = await sha256Of(file.stream())
  const same = files.find(({ sha256 }) => sha256 === hash)
  const what = same ? `is ${same.path} of this pack` : 'is no file of this pack'
  return element('span', { class: same ? 'good' : 'bad' }, `${file.name} ${what}`)
}

function say(text: string) {
  byId('status').textContent = text
}
