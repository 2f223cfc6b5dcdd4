// Swallows the second press on a POST form. The button stays enabled, so a page from the back button still works.

const sent = new WeakSet()

document.addEventListener('submit', (event) => {
  const form = event.target
  if (form.method !== 'post' || event.defaultPrevented) return
  if (sent.has(form)) {
    event.preventDefault()
    return
  }
  sent.add(form)
  form.querySelectorAll('button[type="submit"], button:not([type])').forEach((button) => button.setAttribute('aria-disabled', 'true'))
})

window.addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  document.querySelectorAll('form').forEach((form) => sent.delete(form))
  document.querySelectorAll('button[aria-disabled]').forEach((button) => button.removeAttribute('aria-disabled'))
})
