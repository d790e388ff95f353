import { Fragment, isValidElement } from 'preact'
import type { ComponentChildren, VNode } from 'preact'

const VOID_ELEMENTS = new Set(['br', 'img', 'input', 'link', 'meta', 'hr'])
/** Set on elements by the browser's script alone. */
const SCRIPT_ONLY = /^(?:on[A-Z]|key$|ref$|children$)/

/**
 * Writes what components draw as HTML. They are plain functions of their props: no hooks, no classes.
 * Text and attributes are escaped; a component cannot give HTML of its own.
 */
export function renderHtml(node: ComponentChildren): string {
  if (node === null || node === undefined || typeof node === 'boolean') return ''
  if (Array.isArray(node)) return node.map(renderHtml).join('')
  if (typeof node === 'string' || typeof node === 'number' || typeof node === 'bigint') return escapeHtml(String(node))
  if (!isValidElement(node)) throw new Error('Only text, elements and lists of them can be written as HTML.')
  const { type, props }: VNode = node
  if (type === Fragment) return renderHtml(props.children)
  if (typeof type === 'function') return renderHtml(Reflect.apply(type, undefined, [props]) as ComponentChildren)
  const attributes = Object.entries(props).map(renderAttribute).join('')
  if (VOID_ELEMENTS.has(type)) return `<${type}${attributes}>`
  return `<${type}${attributes}>${renderHtml(props.children)}</${type}>`
}

const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  tabIndex: 'tabindex',
  maxLength: 'maxlength',
  inputMode: 'inputmode',
  enterKeyHint: 'enterkeyhint',
}

function renderAttribute([name, value]: [string, unknown]): string {
  if (SCRIPT_ONLY.test(name) || value === null || value === undefined) return ''
  const written = ATTRIBUTE_NAMES[name] ?? name
  const isAria = name.startsWith('aria-')
  if (value === false && !isAria) return ''
  if (value === true && !isAria) return ` ${written}`
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new Error(`The attribute ${name} is no text.`)
  }
  return ` ${written}="${escapeHtml(String(value))}"`
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
