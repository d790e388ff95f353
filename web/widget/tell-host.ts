/** What the widget tells the page around it. */
export type HostEvent = 'humSearchCompleted' | 'humPlanSaved' | 'humPlanUnsaved' | 'humOrderCompleted'

/**
 * Tells the page around the widget what happened, twice: as a DOM event of that name, which bubbles, and as a window
 * message `{ type, data }` to the page's own window.
 *
 * Where that page is itself in a frame, its parent gets the message only if the element's attribute `notify-origin`
 * names the parent's origin, since the details hold an address.
 */
export function tellHost(element: HTMLElement, type: HostEvent, data: object): void {
  element.dispatchEvent(new CustomEvent(type, { detail: data, bubbles: true, composed: true }))
  const message = { type, data }
  window.postMessage(message, window.location.origin)
  const parentOrigin = element.getAttribute('notify-origin')
  if (parentOrigin !== null && window.parent !== window) window.parent.postMessage(message, parentOrigin)
}
