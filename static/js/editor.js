// In the editor: with "the whole borough" ticked, single wards need not be chosen, so they step back.

const whole = document.querySelector('input[name="is_borough_wide"]')
const wards = document.querySelector('input[name="wards"]')?.closest('.govuk-form-group')

function follow () {
  wards.hidden = whole.checked
}

if (whole && wards) {
  whole.addEventListener('change', follow)
  follow()
}
