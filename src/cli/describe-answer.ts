import type { Candidate, GeocodeResult, Place, PlacePrecision, RangeSuggestion } from '../geocode/geocode-result.ts'
import { judgeOutcome } from '../http/sessions/session-outcome.ts'
import type { ProviderOffer } from '../internet/describe-offers.ts'
import type { InternetAnswer, Offering } from '../internet/internet-answer.ts'
import { introductoryText } from '../internet/plans/consumer-label.ts'
import { formatCents } from '../internet/plans/format-stated.ts'
import type { OfferedPlan } from '../internet/plans/offered-plan.ts'
import { technologyName } from '../internet/technology.ts'
import type { LookUps } from '../sessions/look-ups.ts'

const PRECISION: Readonly<Record<PlacePrecision, string>> = {
  point: 'found as an address point',
  range: 'found in an address range',
  street: 'found as a street only',
  zip: 'found as a ZIP code only',
}

const UNIT: Readonly<Record<Place['unit'], string | undefined>> = {
  none: undefined,
  known: 'the unit is known at this building',
  unknown: 'the building is known, the unit is not',
  needed: 'the building has several units and none was given',
}

/** An answer as text for people: where the address is, then each provider with its offerings and their evidence. */
export function describeAnswer(
  { geocoding, internet }: { geocoding: GeocodeResult; internet: InternetAnswer },
  { version, isSandbox, attributions, describeOffers }: LookUps,
): string {
  const { advice } = judgeOutcome({ geocoding, internet })
  return [
    ...describeGeocoding(geocoding),
    ...(advice === undefined ? [] : [advice]),
    ...(geocoding.outcome === 'failed' ? describeSuggestions(geocoding.suggestions) : []),
    ...describeOffers(internet).flatMap(describeOffer),
    '',
    `Data set ${version}${isSandbox ? ', an invented region' : ''}. Sources: ${attributions.join('; ')}.`,
  ].join('\n')
}

function describeGeocoding(geocoding: GeocodeResult): string[] {
  switch (geocoding.outcome) {
    case 'matched':
      return [geocoding.candidate.place.serviceAddress, describePlace(geocoding.candidate)]
    case 'multiple':
      return ['Several places fit:', ...geocoding.candidates.map(({ place }) => `  ${place.serviceAddress}`)]
    case 'failed':
      return []
  }
}

function describeSuggestions(suggestions: readonly RangeSuggestion[]): string[] {
  if (suggestions.length === 0) return []
  const lines = suggestions.map(({ street, lowNumber, highNumber, zip }) => {
    const numbers = lowNumber === highNumber ? lowNumber : `${lowNumber} to ${highNumber}`
    return `  ${numbers} ${street} ${zip ?? ''}`.trimEnd()
  })
  return ['Suggestions:', ...lines]
}

function describePlace({ place, score }: Candidate): string {
  const { coordinates, precision, uncertaintyMeters, blockGeoid, h3, unit } = place
  return [
    `${PRECISION[precision]} at ${coordinates.latitude.toFixed(6)}, ${coordinates.longitude.toFixed(6)} ± ${uncertaintyMeters} m`,
    `score ${score.toFixed(2)}`,
    blockGeoid === undefined ? 'block unknown' : `block ${blockGeoid}`,
    `hexagon ${h3}`,
    ...(UNIT[unit] === undefined ? [] : [UNIT[unit]]),
  ].join(', ')
}

function describeOffer({ provider: { displayName, offerings }, plans }: ProviderOffer): string[] {
  return [
    '',
    displayName,
    ...offerings.map((offering) => `  ${describeOffering(offering)}`),
    ...plans.map((plan) => `  ${describePlan(plan)}`),
    ...(plans.length === 0 ? ['  No price known.'] : []),
  ]
}

function describePlan({ plan, pricing, cost }: OfferedPlan): string {
  const { amountCents, isLowerBound } = cost.first24Months
  const unknown = [
    ...new Set(cost.unknown.map(({ part, fee }) => fee ?? part.replace('one_time', 'one-time').replaceAll('_', ' '))),
  ]
  const open = unknown.length > 0 ? ` Not stated exactly: ${unknown.join(', ')}.` : ''
  const price = plan.introductory ? introductoryText(plan) : `${formatCents(pricing.monthlyPriceCents)} a month.`
  return `${plan.planName}: ${price} Two years cost ${isLowerBound ? 'at least ' : ''}${formatCents(amountCents)}.${open}`
}

function describeOffering(offering: Offering): string {
  const { technologyCode, maxDownloadMbps, maxUploadMbps, verdict, summary, asOfDate, revision } = offering
  const dates = [asOfDate && `as of ${asOfDate}`, revision && `revised ${revision}`].filter(Boolean).join(', ')
  const name = technologyName(technologyCode).padEnd(15)
  const speeds = `${speed(maxDownloadMbps)} down, ${speed(maxUploadMbps)} up`.padEnd(38)
  return `${name}${speeds}${verdict.padEnd(10)} ${summary} ${dates}`.trimEnd()
}

const speed = (mbps: number): string => (mbps === 0 ? 'below 10 Mbps' : `${mbps.toLocaleString('en-US')} Mbps`)
