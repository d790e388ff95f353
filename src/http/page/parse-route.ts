import type { FastifyInstance } from 'fastify'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { formatDeliveryLine, parseAddress } from '../../address/index.ts'
import { errorAnswers } from '../answer-schemas.ts'
import { sendJson } from '../send-json.ts'

const MAX_STREET1 = 100
const MAX_STREET2 = 50

const Answer = Type.Object({
  message: Type.String(),
  request_status: Type.Ref('request_status'),
  data: Type.Object({
    street1: Type.String(),
    street2: Type.Optional(Type.String()),
    city: Type.Optional(Type.String()),
    state: Type.Optional(Type.String()),
    zip: Type.Optional(Type.String()),
  }),
})

/**
 * `POST /addresses/parse`: one line of text as the members that `POST /sessions` takes. Nothing is looked up.
 *
 * A POST, so that the address stands in no URL. Text that no street can be read from comes back as `street1`, for the
 * session to say what is wrong with it.
 */
export function routeParseAddress(server: FastifyInstance): void {
  server.withTypeProvider<TypeBoxTypeProvider>().post(
    '/addresses/parse',
    {
      schema: {
        operationId: 'parseAddress',
        tags: ['Addresses'],
        summary: 'Parse Address',
        description: 'Cuts an address in one line into the members of a session. Nothing is looked up or kept.',
        body: Type.Object({ address: Type.String({ minLength: 1, maxLength: 500 }) }, { additionalProperties: false }),
        response: {
          200: { description: 'The members that the text names.', content: { 'application/json': { schema: Answer } } },
          ...errorAnswers(400, 401, 406, 422, 429, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const data = cutIntoMembers(request.body.address)
      return sendJson(reply, 200, JSON.stringify({ message: 'Address parsed.', request_status: 'ok', data }))
    },
  )
}

function cutIntoMembers(text: string): object {
  const { standardized } = parseAddress(text)
  const { unitDesignator, unit, building, floor, city, state, zip, ...delivery } = standardized
  const street1 = formatDeliveryLine(delivery) || text.trim()
  const street2 = [building, floor, unitDesignator, unit].filter(Boolean).join(' ')
  return {
    street1: street1.slice(0, MAX_STREET1),
    ...(street2 !== '' && { street2: street2.slice(0, MAX_STREET2) }),
    ...(city !== undefined && { city }),
    ...(state !== undefined && { state }),
    ...(zip !== undefined && { zip }),
  }
}
