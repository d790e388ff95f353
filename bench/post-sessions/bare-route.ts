/** The reference: Fastify with one route that parses a JSON body and answers the text of `BARE_ANSWER`. */
import { fastify } from 'fastify'

const answer = process.env['BARE_ANSWER'] ?? ''
const server = fastify()
server.post('/sessions', (_request, reply) =>
  reply.code(201).header('content-type', 'application/json; charset=utf-8').send(answer),
)
console.log(await server.listen({ host: '127.0.0.1', port: 0 }))
