// Puts the reader at the list of problems when a form came back, and takes each link to its control.

const summary = document.querySelector('[data-error-summary]')

function landOn(event) {
  const link = event.target.closest('a[href^="#"]')
  const control = link && document.getElementById(link.hash.slice(1))
  if (!control) return
  event.preventDefault()
  const start = control.closest('fieldset')?.querySelector('legend') ?? document.querySelector(`label[for="${CSS.escape(control.id)}"]`) ?? control
  start.scrollIntoView({ block: 'start' })
  control.focus({ preventScroll: true })
}

if (summary) {
  summary.focus()
  summary.addEventListener('click', landOn)
}
