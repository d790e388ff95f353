/** The reference: Fastify with the routes of a session that answer the texts of `BARE_ANSWERS`, a JSON object. */
import { fastify } from 'fastify'
import type { FastifyReply } from 'fastify'

const answers = JSON.parse(process.env['BARE_ANSWERS'] ?? '{}') as Record<string, string>
const server = fastify()
const answer =
  (step: string, status: number) =>
  (_request: unknown, reply: FastifyReply): FastifyReply =>
    reply.code(status).header('content-type', 'application/json; charset=utf-8').send(answers[step])

server.post('/sessions', answer('POST', 201))
server.get('/sessions/:token', answer('GET', 200))
server.get('/sessions/:token/services/internet', answer('services', 200))
server.delete('/sessions/:token', answer('DELETE', 200))
console.log(await server.listen({ host: '127.0.0.1', port: 0 }))
