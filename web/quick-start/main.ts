import { readJson } from '../api/read-json.ts'
import { createAccess } from '../api/access.ts'
import { createSend } from '../api/send.ts'
import type { Locale } from '../format.ts'
import { loadStrings } from '../strings/load-strings.ts'
import { listQuickStartCalls, SET_UP } from './quick-start-calls.ts'
import type { QuickStartCall } from './quick-start-calls.ts'

interface Handover {
  readonly locale: Locale
  readonly token: string
  readonly example?: { readonly line: string }
}

const { locale, token, example } = JSON.parse(document.getElementById('handover')?.textContent ?? '{}') as Handover
const words = loadStrings(locale)
const send = createSend({ origin: '', access: createAccess(token) })
let session: string | undefined

const setUp = document.getElementById('set-up')
if (setUp) setUp.textContent = SET_UP.replace('http://127.0.0.1:3000', location.origin)

for (const [index, call] of listQuickStartCalls(example?.line).entries()) {
  document.querySelector(`[data-run="${index}"]`)?.addEventListener('click', () => void run(index, call))
}

/** Carries a call out and writes what came of it below its button. */
async function run(index: number, { method, path, body }: QuickStartCall): Promise<void> {
  const { t } = await words
  const status = document.querySelector(`[data-status="${index}"]`)
  const answer = document.querySelector<HTMLElement>(`[data-answer="${index}"]`)
  const code = answer?.querySelector('code')
  if (!status || !answer || !code) return
  if (path.includes('{token}') && session === undefined) {
    status.textContent = t.quickStartPage.first
    return
  }
  status.textContent = t.quickStartPage.running
  const started = performance.now()
  try {
    const reply = await send(method, path.replace('{token}', session ?? ''), body)
    status.textContent = t.quickStartPage.result(reply.status, Math.round(performance.now() - started))
    session = readJson(reply.body).object('meta').text('session_token') ?? session
    answer.hidden = false
    code.textContent = JSON.stringify(reply.body, undefined, 2)
  } catch {
    status.textContent = t.stopped.offline
  }
}
