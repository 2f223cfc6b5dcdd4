// Lets people hide an emergency they have read. Only those very words: when they change, they are shown again.

const KEY = 'hidden-emergencies'
const MOST_KEPT = 30

function kept () {
  try {
    const found = JSON.parse(localStorage.getItem(KEY))
    return Array.isArray(found) ? found : []
  } catch {
    return [] // No storage: hidden on this page only.
  }
}

function keep (digests) {
  try {
    localStorage.setItem(KEY, JSON.stringify(digests.slice(-MOST_KEPT)))
  } catch {
    // As above.
  }
}

function button (text, press) {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = 'cp-link-button'
  made.textContent = text
  made.addEventListener('click', press)
  return made
}

function prepare (message) {
  const { emergency: digest, hide, hidden, show } = message.dataset
  const strip = document.createElement('div')
  const words = document.createElement('span')
  words.id = `hidden-${digest}`
  words.textContent = hidden
  // Focus moves to the other button, which is read out with what happened to the message.
  const back = button(show, () => { set(false); away.focus() })
  back.setAttribute('aria-describedby', words.id)
  const away = button(hide, () => { set(true); back.focus() })
  const row = document.createElement('div')
  row.className = 'cp-width'
  row.append(words, back)
  strip.className = 'cp-emergency-hidden'
  strip.append(row)
  message.before(strip)
  message.querySelector('.cp-width').append(away)

  function draw (isHidden) {
    message.hidden = isHidden
    strip.hidden = !isHidden
  }
  function set (isHidden) {
    const others = kept().filter((each) => each !== digest)
    keep(isHidden ? [...others, digest] : others)
    draw(isHidden)
  }
  draw(kept().includes(digest))
}

document.querySelectorAll('[data-emergency]').forEach(prepare)
