// In the editor: adds an empty row to a list at once; without this the same button asks the server for one.

const MOST = 40

function renumbered (text, name, from, to) {
  return text.replaceAll(`${name}-${from}-`, `${name}-${to}-`)
}

function emptied (row, name, from, to) {
  const copy = row.cloneNode(true)
  for (const element of [copy, ...copy.querySelectorAll('*')]) {
    for (const attribute of ['id', 'name', 'for', 'data-findings-for']) {
      const value = element.getAttribute(attribute)
      if (value) element.setAttribute(attribute, renumbered(value, name, from, to))
    }
    element.removeAttribute('aria-describedby')
    element.removeAttribute('aria-invalid')
  }
  copy.querySelectorAll('[id$="_error"]').forEach((error) => error.remove())
  copy.querySelectorAll('[data-findings-for]').forEach((box) => box.replaceChildren())
  copy.querySelectorAll('input').forEach((input) => { input.value = ''; input.removeAttribute('value') })
  const legend = copy.querySelector('legend')
  legend.textContent = legend.textContent.replace(String(from + 1), String(to + 1))
  return copy
}

document.querySelectorAll('[data-rows]').forEach((list) => {
  const name = list.dataset.rows
  const count = list.querySelector(`input[name="${name}-rows"]`)
  const button = list.querySelector('[data-add-row]')
  button?.addEventListener('click', (event) => {
    const rows = list.querySelectorAll('[data-row]')
    const last = rows[rows.length - 1]
    if (!last) return
    event.preventDefault()
    const row = emptied(last, name, rows.length - 1, rows.length)
    last.after(row)
    count.value = String(rows.length + 1)
    button.hidden = rows.length + 1 >= MOST
    row.querySelector('input').focus()
  })
})
