// Checks what is being written after a pause and shows what was found under its field; the server does the checking.
// A link to what was found selects it in the text box.

const PAUSE = 1500 // milliseconds

const form = document.querySelector('form[data-check]')
const status = document.querySelector('[data-check-status]')

function words () {
  const sent = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') sent.append(name, value)
  sent.set('part', '1')
  return sent
}

// What describes the control changes with what was found.
function describe (box, isFound) {
  const control = document.getElementById(box.dataset.findingsFor)
  const others = (control?.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id && id !== box.id)
  const ids = isFound ? [...others, box.id] : others
  if (ids.length) control?.setAttribute('aria-describedby', ids.join(' '))
  else control?.removeAttribute('aria-describedby')
}

function show (answer) {
  const found = new DOMParser().parseFromString(answer, 'text/html')
  for (const box of form.querySelectorAll('[data-findings-for]')) {
    const part = found.querySelector(`[data-found-for="${CSS.escape(box.dataset.findingsFor)}"]`)
    if (box.innerHTML.trim() !== (part?.innerHTML.trim() ?? '')) box.replaceChildren(...(part?.childNodes ?? []))
    describe(box, Boolean(part))
  }
  const summary = found.querySelector('[data-found-summary]')?.textContent
  if (summary && status.textContent !== summary) status.textContent = summary
}

let asked = 0
let timer

async function check () {
  const mine = ++asked
  try {
    const answer = await fetch(form.dataset.check, { method: 'POST', body: words(), redirect: 'error' })
    // A later question is under way: this answer is about words that have gone.
    if (answer.ok && mine === asked) show(await answer.text())
  } catch { /* The button still checks, and so does the server before anything is sent for approval. */ }
}

// The server counts code points, the browser pairs of 16 bits.
function offset (text, points) {
  return [...text].slice(0, points).join('').length
}

function select (event) {
  const link = event.target.closest('a[data-start]')
  const control = link && document.getElementById(link.hash.slice(1))
  if (!control?.setSelectionRange) return
  event.preventDefault()
  const start = Number(link.dataset.start)
  control.focus()
  control.setSelectionRange(offset(control.value, start), offset(control.value, start + Number(link.dataset.length)))
}

if (form && status) {
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(check, PAUSE)
  })
  form.addEventListener('click', select)
}
