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

// The server adds the notice's link at the end when it is not there; some accounts post without it.
function whole(typed, link) {
  const text = typed.trim()
  return !link || text.split(/\s+/).includes(link) ? text : `${text}\n\n${link}`
}

function start(note) {
  const control = document.getElementById(note.dataset.postCountFor)
  const limit = Number(note.dataset.limit)
  if (!control || !limit) return
  const original = control.value
  const shown = note.textContent
  const thread = document.getElementById(note.dataset.thread)
  const wasThread = Boolean(thread?.checked)
  const show = () => {
    const typed = control.value
    const isThread = Boolean(thread?.checked)
    const used = count(whole(typed, note.dataset.link), Number(note.dataset.urlWeight))
    // Where posts are split, or counted in a way only the server knows, no figure is better than a wrong one.
    const isCounted = note.dataset.countsPlainly === 'yes' && !(isThread && used > limit)
    const words = note.dataset.words.replace('{used}', used).replace('{limit}', limit)
    const isAsStored = typed === original && isThread === wasThread
    note.textContent = isAsStored ? shown : typed.trim() ? (isCounted ? words : note.dataset.ask) : ''
    note.classList.toggle('cp-count--over', !isAsStored && isCounted && Boolean(typed.trim()) && used > limit)
  }
  control.addEventListener('input', show)
  thread?.addEventListener('change', show)
}

document.querySelectorAll('[data-post-count-for]').forEach(start)
