// Counts a post while it is typed, roughly as its platform does. A hint only: the server's count decides.

const ADDRESS = /https?:\/\/[^\s<>"'“”]+/gi
const TRAILING = /[.,;:!?…)\]}»]+$/
const pieces = new Intl.Segmenter(document.documentElement.lang || 'en-GB', { granularity: 'grapheme' })

function graphemes(text) {
  return [...pieces.segment(text)].length
}

function count(text, weight) {
  if (!weight) return graphemes(text)
  const counted = text.replace(ADDRESS, (address) => 'x'.repeat(weight) + (address.match(TRAILING)?.[0] ?? ''))
  return graphemes(counted)
}

// The server adds the notice's link at the end when it is not there.
function whole(typed, link) {
  const text = typed.trim()
  return text.split(/\s+/).includes(link) ? text : `${text}\n\n${link}`
}

function start(note) {
  const control = document.getElementById(note.dataset.postCountFor)
  const limit = Number(note.dataset.limit)
  if (!control || !limit) return
  const original = control.value
  const shown = note.textContent
  control.addEventListener('input', () => {
    const typed = control.value
    const used = count(whole(typed, note.dataset.link), Number(note.dataset.urlWeight))
    const words = note.dataset.words.replace('{used}', used).replace('{limit}', limit)
    note.textContent = typed === original ? shown : typed.trim() ? words : ''
    note.classList.toggle('cp-count--over', Boolean(typed.trim()) && used > limit)
  })
}

document.querySelectorAll('[data-post-count-for]').forEach(start)
