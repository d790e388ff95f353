import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { Source } from '../../dataset/source.ts'
import { ADMIN_ROUTE, describeAdminOperation, sendAdminAnswer } from './admin-operation.ts'
import type { AdminAnswerNeeds } from './admin-operation.ts'

const NullableText = Type.Union([Type.String(), Type.Null()])

const DataSetSchema = Type.Object({
  version: Type.String(),
  is_sandbox: Type.Boolean(),
  sources: Type.Array(
    Type.Object({
      source_id: Type.Integer(),
      kind: Type.String(),
      file: Type.String(),
      vintage: NullableText,
      revision: NullableText,
      licence: Type.String(),
      attribution: Type.String(),
      retrieved_on: NullableText,
      sha256: Type.String(),
      rows_read: Type.Integer(),
      rows_kept: Type.Integer(),
      rejected: Type.Record(Type.String(), Type.Integer(), { description: 'Rows left out, by the reason.' }),
    }),
  ),
})

/** `GET /admin/data-set`: the data set that this server answers from, and the files that it was built from. */
export function routeAdminDataSet(server: FastifyInstance, needs: AdminAnswerNeeds): void {
  server.get(
    '/admin/data-set',
    {
      config: ADMIN_ROUTE,
      schema: describeAdminOperation({
        operationId: 'getDataSet',
        summary: 'Get Data Set',
        description: 'The data set that this server answers from, and the files that it was built from.',
        data: DataSetSchema,
      }),
    },
    (_request, reply) => {
      const { version, isSandbox, sources } = needs.lookUps('live')
      const data = { version, is_sandbox: isSandbox, sources: [...sources.values()].map(presentSource) }
      return sendAdminAnswer(reply, needs, { message: 'Data set.', data })
    },
  )
}

function presentSource(source: Source): object {
  return {
    source_id: source.sourceId,
    kind: source.kind,
    file: source.file,
    vintage: source.vintage ?? null,
    revision: source.revision ?? null,
    licence: source.licence,
    attribution: source.attribution,
    retrieved_on: source.retrievedOn ?? null,
    sha256: source.sha256,
    rows_read: source.rowsRead,
    rows_kept: source.rowsKept,
    rejected: source.rejected,
  }
}
