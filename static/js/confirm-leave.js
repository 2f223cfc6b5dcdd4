// Asks before a page is left with words that were not saved, on forms marked data-confirm-leave.

const changed = new Set()

document.querySelectorAll('form[data-confirm-leave]').forEach((form) => {
  form.addEventListener('input', () => changed.add(form))
  form.addEventListener('submit', () => changed.delete(form))
  form.addEventListener('cp:safe', () => changed.delete(form))
})

window.addEventListener('beforeunload', (event) => {
  if (changed.size) event.preventDefault()
})
