import type { InternetAnswer } from '../../internet/internet-answer.ts'
import type { RankingWeights } from '../../internet/rank-providers.ts'
import { randomBase62 } from '../../lib/base62.ts'
import type { LookUps } from '../../sessions/look-ups.ts'
import type { OutboundLinks } from '../../sessions/outbound-links.ts'
import type { Session } from '../../sessions/session.ts'
import { presentProviders } from './provider-presenter.ts'
import type { ProviderPresentation } from './provider-presenter.ts'

/** Writes the providers of an answer as pieces of a JSON array, with the links of the session that asks. */
export type RenderProviders = (
  answer: InternetAnswer,
  lookUps: Pick<LookUps, 'describeOffers'>,
  session: Session,
  weights?: RankingWeights,
) => readonly Buffer[]

/** Bytes that every session is told alike, and between them the gaps with the placeholder, as text. */
type Rendered = readonly (Buffer | string)[]

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
  // A link is followed by its token as a member: what lies between the two is no piece of its own.
  const gap = new RegExp(`(${placeholder}(?:.{0,40}${placeholder})?)`)
  const rendered = new WeakMap<InternetAnswer, Rendered>()

  function render(
    answer: InternetAnswer,
    lookUps: Pick<LookUps, 'describeOffers'>,
    own?: Pick<ProviderPresentation, 'weights' | 'confirmations'>,
  ): Rendered {
    const json = JSON.stringify(presentProviders(answer, lookUps, { ...own, link }))
    return json.split(gap).map((piece, index) => (index % 2 === 0 ? Buffer.from(piece) : piece))
  }

  function renderOnce(answer: InternetAnswer, lookUps: Pick<LookUps, 'describeOffers'>): Rendered {
    let pieces = rendered.get(answer)
    if (pieces === undefined) rendered.set(answer, (pieces = render(answer, lookUps)))
    return pieces
  }

  /** All gaps are written alike unless a site differs, so that the last one filled mostly fits the next. */
  function fillGaps(pieces: Rendered, securityToken: string): readonly Buffer[] {
    let filledGap = ''
    let filled: Buffer | undefined
    return pieces.map((piece) => {
      if (typeof piece !== 'string') return piece
      if (filled === undefined || piece !== filledGap) {
        filledGap = piece
        filled = Buffer.from(piece.replaceAll(placeholder, securityToken))
      }
      return filled
    })
  }

  return (answer, lookUps, session, weights) => {
    if (answer.outcome === 'failed') return NONE
    const confirmations = session.internet?.outcome === 'matched' ? session.internet.confirmations : undefined
    const isShared = weights === undefined && confirmations === undefined
    const pieces = isShared ? renderOnce(answer, lookUps) : render(answer, lookUps, { weights, confirmations })
    return fillGaps(pieces, links === undefined || pieces.length === 1 ? '' : links.sign(session))
  }
}
