import * as fc from 'fast-check'

/** What generated tests start from, so that a run of the suite can be repeated; any number will do. */
const SEED = 20_261_126

/** `HUM_TEST_SEED=random` looks for new faults with inputs that no run had before; a number repeats one run. */
const wanted = process.env['HUM_TEST_SEED'] ?? String(SEED)

fc.configureGlobal(wanted === 'random' ? {} : { seed: Number(wanted) })
