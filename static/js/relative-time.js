// Adds "5 minutes ago" after a recent absolute time that asks for it; older times stay as they are.

const MINUTE = 60_000
const RECENT = 12 * 60 * MINUTE
const format = new Intl.RelativeTimeFormat(document.documentElement.lang || 'en-GB', { numeric: 'auto' })

function inWords(age) {
  const minutes = Math.round(age / MINUTE)
  return minutes < 60 ? format.format(-minutes, 'minute') : format.format(-Math.round(minutes / 60), 'hour')
}

function show(time) {
  const age = Date.now() - new Date(time.dateTime).getTime()
  let note = time.nextElementSibling
  if (!note?.matches('[data-age]')) {
    note = document.createElement('span')
    note.dataset.age = ''
    note.className = 'cp-muted cp-age'
    time.after(note)
  }
  note.textContent = age >= 0 && age < RECENT ? ` (${inWords(age)})` : ''
}

const times = [...document.querySelectorAll('time[data-relative]')]
const showAll = () => times.forEach(show)
if (times.length) {
  showAll()
  setInterval(showAll, MINUTE)
}
