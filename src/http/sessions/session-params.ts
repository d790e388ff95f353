import { Type } from 'typebox'
import type { Static } from 'typebox'
import type { SessionParams } from '../../sessions/session.ts'

/** The 50 states, the District of Columbia, and the five inhabited territories. */
const STATES =
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA PR RI SC SD TN TX UT VT VA WA WV WI WY GU VI AS MP'.split(
    ' ',
  )

/** Body of `POST /sessions`, echoed as `meta.session_params`. Members that are not named here are passed over. */
export const SessionParamsSchema = Type.Object(
  {
    street1: Type.String({
      minLength: 1,
      maxLength: 100,
      pattern: String.raw`\S`,
      description: 'The street address of the service location.',
      examples: ['29090 Tiffany Drive E'],
    }),
    street2: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 50,
        description: 'The unit, apartment or suite.',
        examples: ['A2'],
      }),
    ),
    city: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 50,
        description: 'Needed unless there is a zip.',
        examples: ['Southfield'],
      }),
    ),
    state: Type.Optional(
      Type.String({
        pattern: '^[A-Z]{2}$',
        enum: STATES,
        description: 'Two letters. Needed unless there is a zip.',
        examples: ['MI'],
      }),
    ),
    zip: Type.Optional(
      Type.Union(
        [Type.String({ pattern: String.raw`^\d{5}(-\d{4})?$` }), Type.Integer({ minimum: 10_000, maximum: 99_999 })],
        {
          description: 'The form 12345 or 12345-6789. A number of five digits is taken as its text.',
          examples: ['48034'],
        },
      ),
    ),
    latitude: Type.Optional(
      Type.Number({
        minimum: -90,
        maximum: 90,
        description: 'With longitude, settles between places that the address fits equally well.',
        examples: [42.501721339274],
      }),
    ),
    longitude: Type.Optional(Type.Number({ minimum: -180, maximum: 180, examples: [-83.286263465881] })),
    campaign_id: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'Your own name for where the look-up came from.',
        examples: ['1iYyMxsnTy87tFOvukTi7V'],
      }),
    ),
  },
  {
    $id: 'session_params',
    description: 'Give street1 and zip; street1, city and state; or street1, city and zip.',
    anyOf: [{ required: ['zip'] }, { required: ['city', 'state'] }],
  },
)

/** The body in the words of this code; a `zip` that came as a number is text from here on. */
export function readSessionParams(body: Static<typeof SessionParamsSchema>): SessionParams {
  const { street1, street2, city, state, zip, latitude, longitude, campaign_id: campaignId } = body
  const coordinates = latitude === undefined && longitude === undefined ? undefined : { latitude, longitude }
  return { street1, street2, city, state, zip: zip === undefined ? undefined : String(zip), coordinates, campaignId }
}
