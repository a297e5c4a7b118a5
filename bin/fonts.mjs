/**
 * `node --import=@poppinss/ts-exec bin/fonts.mjs`: copies the fonts of `resources/fonts/packages.json` from their
 * packages, and lists the characters of each file in `fonts.json`.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Blob, Face } from 'harfbuzzjs'
import { unwrapFont } from '../app/exports/typesetting/sfnt.ts'

const FOLDER = join(import.meta.dirname, '../resources/fonts')

const packages = JSON.parse(readFileSync(join(FOLDER, 'packages.json'), 'utf8'))
const scratch = mkdtempSync(join(tmpdir(), 'fonts-'))
try {
  const files = packages.flatMap(copied)
  writeFileSync(
    join(FOLDER, 'fonts.json'),
    `[\n${files.map((file) => JSON.stringify(file)).join(',\n')}\n]\n`
  )
} finally {
  rmSync(scratch, { recursive: true })
}

function copied({ name, version, weights, subsets }) {
  const family = name.split('/')[1]
  const source = unpacked(name, version)
  const target = join(FOLDER, family)
  mkdirSync(target, { recursive: true })
  copyFileSync(join(source, 'LICENSE'), join(target, 'LICENSE'))
  return weights.flatMap((weight) =>
    subsets.flatMap(numbered).map((subset) => {
      const file = `${family}-${subset}-${weight}-normal.woff`
      copyFileSync(join(source, 'files', file), join(target, file))
      return { path: `${family}/${file}`, weight, shows: rangesIn(join(target, file)) }
    })
  )
}

/** npm checks the content against the registry's hash. */
function unpacked(name, version) {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', `${name}@${version}`], {
      cwd: scratch,
      encoding: 'utf8',
    })
  )
  const folder = join(scratch, filename.replace('.tgz', ''))
  mkdirSync(folder)
  execFileSync('tar', ['xzf', join(scratch, filename), '-C', folder, '--strip-components=1'])
  return folder
}

/** `21..23` means 21, 22 and 23: large fonts are split into numbered slices. */
function numbered(subset) {
  const [from, to] = subset.split('..').map(Number)
  return to ? Array.from({ length: to - from + 1 }, (_, index) => String(from + index)) : [subset]
}

function rangesIn(path) {
  const face = new Face(new Blob(unwrapFont(readFileSync(path))))
  const codes = [...face.collectUnicodes()].sort((one, other) => one - other)
  const ranges = []
  for (const code of codes) {
    const last = ranges.at(-1)
    if (last?.[1] === code - 1) last[1] = code
    else ranges.push([code, code])
  }
  return ranges.map(([from, to]) => (from === to ? hex(from) : `${hex(from)}-${hex(to)}`)).join(' ')
}

function hex(code) {
  return code.toString(16)
}
