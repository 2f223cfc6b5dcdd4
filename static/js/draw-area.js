// In the editor: corners of an area are set by clicking the map, or with arrow keys and Enter; nothing is dragged.
// The list of corners is the only truth: what is typed there is drawn, what is clicked is written there.

const SVG = 'http://www.w3.org/2000/svg'
const STEP = 4
const corners = document.querySelector('textarea[data-corners]')
const svg = document.querySelector('svg[data-draw]')
const choices = [...document.querySelectorAll('input[name="area_how"]')]

function showChosen () {
  const chosen = choices.find((choice) => choice.checked)?.value
  for (const part of document.querySelectorAll('[data-area]')) part.hidden = part.dataset.area !== chosen
}

if (choices.length) {
  for (const choice of choices) choice.addEventListener('change', showChosen)
  showChosen()
}

if (corners && svg) {
  const numbers = ['west', 'north', 'across', 'down', 'edge'].map((name) => Number(svg.dataset[name]))
  const [west, north, across, down, edge] = numbers
  const drawn = svg.querySelector('[data-drawn]')
  const box = svg.closest('.cp-draw__map')
  const status = box.querySelector('[role="status"]')
  const size = svg.viewBox.baseVal
  const cross = { x: size.width / 2, y: size.height / 2 }

  const onMap = ([latitude, longitude]) => [edge + (longitude - west) * across, edge + (north - latitude) * down]
  const onLine = ({ x, y }) => `${(north - (y - edge) / down).toFixed(6)}, ${(west + (x - edge) / across).toFixed(6)}`

  function lines () {
    return corners.value.split('\n').filter((line) => line.trim())
  }

  function points () {
    const read = lines().map((line) => line.trim().split(/[\s,;]+/).slice(0, 2).map(Number))
    return read.filter((pair) => pair.length === 2 && pair.every(Number.isFinite)).map(onMap)
  }

  function part (name, attributes) {
    const made = document.createElementNS(SVG, name)
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
    return made
  }

  function draw () {
    const found = points()
    const path = found.map((point) => point.join(',')).join(' ')
    const shapes = found.length ? [part('polygon', { class: 'cp-map__area', points: path })] : []
    const dots = found.map(([cx, cy]) => part('circle', { class: 'cp-draw__corner', cx, cy, r: 3.5 }))
    const { x, y } = cross
    const mark = part('path', { class: 'cp-draw__cross', d: `M${x - 9} ${y}h18M${x} ${y - 9}v18` })
    drawn.replaceChildren(...shapes, ...dots, mark)
  }

  function tell (sentence, number, at) {
    status.textContent = sentence.replace('{number}', number).replace('{at}', at)
  }

  function changed () {
    corners.dispatchEvent(new Event('input', { bubbles: true }))
  }

  function add () {
    const line = onLine(cross)
    corners.value = [...lines(), line].join('\n')
    changed()
    tell(box.dataset.added, lines().length, line)
  }

  function undo () {
    corners.value = lines().slice(0, -1).join('\n')
    changed()
    tell(box.dataset.removed, lines().length, '')
  }

  function move (x, y) {
    cross.x = Math.min(size.width, Math.max(0, x))
    cross.y = Math.min(size.height, Math.max(0, y))
    draw()
  }

  svg.addEventListener('click', (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse())
    move(at.x, at.y)
    add()
  })

  svg.addEventListener('keydown', (event) => {
    const step = event.shiftKey ? STEP * 5 : STEP
    const steps = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }
    if (event.key in steps) {
      move(cross.x + steps[event.key][0], cross.y + steps[event.key][1])
      tell(box.dataset.moved, '', onLine(cross))
    } else if (event.key === 'Enter' || event.key === ' ') add()
    else if (event.key === 'Backspace') undo()
    else return
    event.preventDefault()
  })

  box.querySelector('[data-undo]').addEventListener('click', undo)
  corners.addEventListener('input', draw)
  for (const hidden of box.querySelectorAll('[data-needs-script]')) hidden.hidden = false
  svg.setAttribute('tabindex', '0')
  svg.setAttribute('role', 'application')
  svg.setAttribute('aria-label', svg.dataset.label)
  draw()
}
