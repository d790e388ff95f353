import { workerData } from 'node:worker_threads'
import { stopWhenTold } from '../lib/stop-thread.ts'
import { verifyDataSet } from './verify-data-set.ts'

stopWhenTold()
// Ends in silence when the data set file is whole; else the error reaches whoever started the worker.
await verifyDataSet(workerData as string)
