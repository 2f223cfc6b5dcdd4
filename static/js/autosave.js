// Saves the editor's form by itself after a pause and when a field is left. One request at a time, so saves keep
// their order. Nothing is put into the browser's own storage: on a shared machine the next person could read it.

const PAUSE = 2500
const TRY_AGAIN = [5_000, 15_000, 30_000, 60_000]
const FORBIDDEN = 403
const SERVER_FAULT = 500

// The name of the field with the number of the version the page shows.
const versionName = (form) => form.dataset.versionField ?? 'version'

function wordsOf (form) {
  const words = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && name !== versionName(form) && name !== 'csrfmiddlewaretoken') words.append(name, value)
  }
  return words
}

class Autosave {
  constructor (form, status) {
    this.form = form
    this.status = status
    this.safe = wordsOf(form).toString()
    this.failures = 0
    this.running = null
    this.isOver = false
  }

  get isBehind () {
    return !this.isOver && wordsOf(this.form).toString() !== this.safe
  }

  later (wait = PAUSE) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), wait)
  }

  say (sentence) {
    if (this.status.textContent !== sentence) this.status.textContent = sentence
  }

  save () {
    clearTimeout(this.timer)
    if (this.running || !this.isBehind) return this.running
    this.running = this.attempt().finally(() => {
      this.running = null
      if (this.isBehind && !this.failures) this.later()
    })
    return this.running
  }

  async attempt () {
    const words = wordsOf(this.form)
    try {
      let answer = await this.send(words)
      if (answer.status === FORBIDDEN && await this.renewToken()) answer = await this.send(words)
      await this.take(answer, words.toString())
    } catch {
      this.failed(this.form.dataset.offline)
    }
  }

  send (words) {
    const body = new URLSearchParams(words)
    body.set('version', this.form.elements[versionName(this.form)].value)
    body.set('csrfmiddlewaretoken', this.form.elements.csrfmiddlewaretoken.value)
    return fetch(this.form.dataset.autosave, { method: 'POST', body, redirect: 'manual' })
  }

  // Signing in again elsewhere changes the token: with the new one the ordinary button works again too.
  async renewToken () {
    const answer = await fetch(this.form.dataset.autosave, { redirect: 'manual' })
    if (!answer.ok) return false
    this.form.elements.csrfmiddlewaretoken.value = (await answer.json()).token
    return true
  }

  async take (answer, sent) {
    if (answer.type === 'opaqueredirect') return this.failed(this.form.dataset.signedOut)
    if (answer.status >= SERVER_FAULT) return this.failed(this.form.dataset.offline)
    const said = answer.headers.get('Content-Type')?.startsWith('application/json') ? await answer.json() : null
    if (!said) return this.failed(answer.status === FORBIDDEN ? this.form.dataset.signedOut : this.form.dataset.refused)
    this.failures = 0
    this.safe = sent
    this.say(said.sentence)
    this.isOver = said.state === 'clash' || said.state === 'closed'
    if (said.state === 'too_long') return
    this.form.elements[versionName(this.form)].value = said.version
    if (!this.isBehind) this.form.dispatchEvent(new Event('cp:safe'))
  }

  failed (sentence) {
    this.say(sentence)
    this.later(TRY_AGAIN[Math.min(this.failures, TRY_AGAIN.length - 1)])
    this.failures += 1
  }

  // A save under way would make the button's own save come too late: wait for it.
  hold (event) {
    clearTimeout(this.timer)
    if (!this.running) {
      this.isOver = true
      return
    }
    event.preventDefault()
    const { submitter } = event
    this.running.finally(() => this.form.requestSubmit(submitter))
  }
}

const form = document.querySelector('form[data-autosave]')
const status = document.querySelector('[data-autosave-status]')

if (form && status) {
  const autosave = new Autosave(form, status)
  form.addEventListener('input', () => autosave.later())
  form.addEventListener('change', () => autosave.later(0))
  form.addEventListener('focusout', () => autosave.later(0))
  form.addEventListener('submit', (event) => autosave.hold(event))
  window.addEventListener('online', () => autosave.save())
  window.addEventListener('pageshow', (event) => { if (event.persisted) autosave.isOver = false })
  document.addEventListener('visibilitychange', () => { if (document.hidden) autosave.save() })
  const stop = form.querySelector('[data-stop]')
  if (stop) stop.textContent = stop.dataset.stop
}
