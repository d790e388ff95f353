import type { InternetAnswer } from '../internet/internet-answer.ts'
import type { RankingWeights } from '../internet/rank-providers.ts'
import { randomBase62 } from '../lib/random-base62.ts'
import type { LookUps } from '../sessions/look-ups.ts'
import type { OutboundLinks } from '../sessions/outbound-links.ts'
import type { Session } from '../sessions/session.ts'
import { presentProviders } from './provider-presenter.ts'
import type { ProviderPresentation } from './provider-presenter.ts'

/** Writes the providers of an answer as pieces of a JSON array, with the links of the session that asks. */
export type RenderProviders = (
  answer: InternetAnswer,
  lookUps: Pick<LookUps, 'describeOffers'>,
  session: Session,
  weights?: RankingWeights,
) => readonly Buffer[]

const NONE: readonly Buffer[] = [Buffer.from('[]')]

/**
 * Makes the renderer. An answer used again is rendered once in the neutral order, to the bytes between the places where
 * a `security_token` stands; each session puts its own there. What only one session is told is rendered for it alone.
 *
 * Links are paths unless `publicUrl` says where callers reach the server. Without `links` the providers' sites are
 * linked straight.
 */
export function createProviderRenderer(links: OutboundLinks | undefined, publicUrl = ''): RenderProviders {
  // Random, so that no name and no label can hold it.
  const placeholder = randomBase62(22)
  const link = links && { publicUrl, securityToken: placeholder }
  const rendered = new WeakMap<InternetAnswer, readonly Buffer[]>()

  function render(
    answer: InternetAnswer,
    lookUps: Pick<LookUps, 'describeOffers'>,
    own?: Pick<ProviderPresentation, 'weights' | 'confirmations'>,
  ): readonly Buffer[] {
    const json = JSON.stringify(presentProviders(answer, lookUps, { ...own, link }))
    return json.split(placeholder).map((piece) => Buffer.from(piece))
  }

  function renderOnce(answer: InternetAnswer, lookUps: Pick<LookUps, 'describeOffers'>): readonly Buffer[] {
    let pieces = rendered.get(answer)
    if (pieces === undefined) rendered.set(answer, (pieces = render(answer, lookUps)))
    return pieces
  }

  return (answer, lookUps, session, weights) => {
    if (answer.outcome === 'failed') return NONE
    const confirmations = session.internet?.outcome === 'matched' ? session.internet.confirmations : undefined
    const isShared = weights === undefined && confirmations === undefined
    const pieces = isShared ? renderOnce(answer, lookUps) : render(answer, lookUps, { weights, confirmations })
    if (links === undefined || pieces.length === 1) return pieces
    const securityToken = Buffer.from(links.sign(session))
    return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [securityToken, piece]))
  }
}
