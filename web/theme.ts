/**
 * Light, dark, or as the device has it. Loaded before the page is drawn, so that it never flashes in the other one;
 * a script without imports for that reason.
 */
const THEME_KEY = 'hum-theme'

function applyTheme(theme: string | null): void {
  const { dataset } = document.documentElement
  if (theme === 'light' || theme === 'dark') dataset['theme'] = theme
  else delete dataset['theme']
}

try {
  applyTheme(localStorage.getItem(THEME_KEY))
} catch {
  // Where the browser keeps nothing, the device decides.
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-set-theme]') : null
  if (button === null) return
  const theme = button.dataset['setTheme'] ?? 'auto'
  applyTheme(theme)
  button.closest('details')?.removeAttribute('open')
  try {
    localStorage.setItem(THEME_KEY, theme)
  } catch {
    // The choice then lasts as long as the page.
  }
})
