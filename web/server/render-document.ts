import type { DocumentSettings } from '../../src/http/page/page-renderer.ts'
import { escapeHtml } from './render-html.ts'

/** What makes one document different from the next. */
export interface DocumentContent {
  readonly title: string
  readonly description: string
  /** The script that takes over the body, below the assets. */
  readonly script: string
  /** HTML. */
  readonly body: string
  /** What the script finds as JSON. */
  readonly handover: object
}

/** Writes a whole HTML document. Nothing in it runs but files of its own server. */
export function renderDocument(
  { locale, assets }: DocumentSettings,
  { title, description, script, body, handover }: DocumentContent,
): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#f6f8f5" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#0e1512" media="(prefers-color-scheme: dark)">
<meta name="referrer" content="no-referrer">
<meta property="og:title" content="${escapeHtml(title)}">
<meta property="og:description" content="${escapeHtml(description)}">
<meta property="og:type" content="website">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="alternate" hreflang="en" href="?lang=en">
<link rel="alternate" hreflang="es" href="?lang=es">
<script src="${assets}/theme.ts"></script>
<link rel="preload" href="${assets}/fonts/figtree-latin.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${assets}/styles.css">
<link rel="modulepreload" href="${assets}/${script}">
<link rel="modulepreload" href="${assets}/preact.mjs">
<link rel="modulepreload" href="${assets}/strings/${locale}.ts">
</head>
<body>
<div id="app">${body}</div>
<script type="application/json" id="handover">${escapeJson(handover)}</script>
<script type="module" src="${assets}/${script}"></script>
</body>
</html>
`
}

/** JSON that cannot end the script element that it stands in. */
function escapeJson(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
