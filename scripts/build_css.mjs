// Builds static/css/portal.css from static/scss, or with --check says whether the committed file is up to date.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'var', 'node', 'node_modules')
const sass = createRequire(join(modules, 'index.js'))('sass')
const target = join(root, 'static', 'css', 'portal.css')

const { css } = sass.compile(join(root, 'static', 'scss', 'portal.scss'), {
  style: 'compressed',
  sourceMap: false,
  loadPaths: [join(modules, 'govuk-frontend', 'dist')],
  quietDeps: true,
})
const built = css.trimEnd() + '\n'

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== built) {
    console.error('static/css/portal.css is out of date: run npm run css and commit the result.')
    process.exit(1)
  }
  console.log('static/css/portal.css is up to date.')
} else {
  writeFileSync(target, built)
  console.log(`static/css/portal.css: ${built.length} bytes`)
}
