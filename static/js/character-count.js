// Counts down under a long text; quiet for screen readers until the writer pauses. The server has the last word.

const PAUSE = 900 // milliseconds

// The sentences come with the page, in its language.
function words(left, { over, left: many, oneLeft }) {
  const figure = new Intl.NumberFormat(document.documentElement.lang || 'en-GB').format(Math.abs(left))
  const sentence = left < 0 ? over : left === 1 ? oneLeft : many
  return sentence.replace('{number}', figure)
}

// Django counts code points and sends line breaks as two characters; count as it does.
function length(text) {
  return [...text.replace(/\r\n|\r|\n/g, '\r\n')].length
}

function start(note) {
  const control = document.getElementById(note.dataset.countFor)
  const limit = Number(control?.dataset.limit)
  if (!limit) return
  const spoken = document.createElement('span')
  spoken.className = 'govuk-visually-hidden'
  spoken.setAttribute('role', 'status')
  note.after(spoken)
  const limitText = note.textContent
  let timer
  const show = () => {
    const left = limit - length(control.value)
    note.textContent = control.value ? words(left, note.dataset) : limitText
    note.classList.toggle('cp-count--over', left < 0)
    clearTimeout(timer)
    timer = setTimeout(() => { spoken.textContent = document.activeElement === control ? note.textContent : '' }, PAUSE)
  }
  control.addEventListener('input', show)
  show()
}

document.querySelectorAll('[data-count-for]').forEach(start)
