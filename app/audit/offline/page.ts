/// <reference lib="dom" />
import { check, type Checked } from '#audit/offline/check'
import { findings } from '#audit/offline/findings'
import { isTrail, sha256Of } from '#audit/offline/source'
import { trailFindings } from '#audit/offline/trail_findings'
import { element, list } from '#audit/offline/elements'
import { PackVerifier } from '#audit/pack_verifier'

const byId = (id: string) => document.getElementById(id)!
const field = (id: string) => byId(id) as HTMLInputElement

let chosen: File[] = []
let pack: PackVerifier | null = null

for (const id of ['zip', 'folder']) {
  field(id).addEventListener('change', () => show([...field(id).files!]))
}
byId('again').addEventListener('click', () => show(chosen))
field('other').addEventListener('change', () => compare([...field('other').files!]))
document.addEventListener('dragover', (event) => event.preventDefault())
document.addEventListener('drop', (event) => {
  event.preventDefault()
  const files = [...event.dataTransfer!.files]
  const isExport = files.length > 1 || /\.zip$/i.test(files[0].name) || isTrail(files[0])
  return isExport ? show(files) : compare(files)
})
if (!globalThis.crypto?.subtle)
  say('This browser cannot check files here. Use another browser, or the verifier for Node.js.')

/** Checks the chosen files and shows what was found. */
async function show(files: File[]) {
  if (files.length === 0) return say('Choose the ZIP or its unpacked folder.')
  chosen = files
  pack = null
  byId('result').replaceChildren()
  say('Checking…')
  try {
    const given = { publicKeys: field('keys').value, anchors: field('seals').value }
    const checked = await check(files, given)
    if (checked instanceof PackVerifier) pack = checked
    byId('result').replaceChildren(...found(checked))
    say(isGood(checked) ? 'Checked.' : 'Checked: there are problems.')
  } catch (error) {
    say(`It could not be read: ${(error as Error).message}`)
  }
  byId('compare').hidden = pack === null
}

function isGood(checked: Checked) {
  return checked instanceof PackVerifier ? checked.isSealed : checked.problems.length === 0
}

function found(checked: Checked) {
  return checked instanceof PackVerifier ? findings(checked) : trailFindings(checked)
}

/** Says whether any given file is part of the pack. */
async function compare(files: File[]) {
  if (!pack) return say('Choose the pack first, then the files to compare with it.')
  const lines = await Promise.all(files.map((file) => lineAbout(file, pack!)))
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
