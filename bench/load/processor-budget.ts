import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Short, so that a process that has used its share up waits for some milliseconds alone. */
const PERIOD_MICROS = 10_000

/** A share of one core for each of some processes. */
export interface ProcessorBudget {
  /** Gives the processes the whole machine again. */
  lift(): void
}

/**
 * Holds each process to a share of a core, as if each had a small machine of its own; `undefined` where the system does
 * not let it (it takes Linux and root).
 */
export function holdToShare(processes: readonly ChildProcess[], share: number): ProcessorBudget | undefined {
  const held: Held[] = []
  const lift = (): void => {
    for (const { pid, group } of held) release(pid, group)
  }
  try {
    for (const { pid } of processes) held.push(hold(Number(pid), share))
    return { lift }
  } catch {
    lift()
    return undefined
  }
}

interface Held {
  readonly pid: number
  /** Folder of the control group. */
  readonly group: string
}

/** Puts a process into a control group of its own, of version 1 or 2. */
function hold(pid: number, share: number): Held {
  const quota = Math.round(PERIOD_MICROS * share)
  const isFirst = existsSync('/sys/fs/cgroup/cpu/cpu.cfs_quota_us')
  const group = join(isFirst ? '/sys/fs/cgroup/cpu' : '/sys/fs/cgroup', `hum-bench-${pid}`)
  if (!isFirst) writeFileSync('/sys/fs/cgroup/cgroup.subtree_control', '+cpu')
  mkdirSync(group)
  if (isFirst) {
    writeFileSync(join(group, 'cpu.cfs_period_us'), `${PERIOD_MICROS}`)
    writeFileSync(join(group, 'cpu.cfs_quota_us'), `${quota}`)
  } else {
    writeFileSync(join(group, 'cpu.max'), `${quota} ${PERIOD_MICROS}`)
  }
  writeFileSync(join(group, 'cgroup.procs'), `${pid}`)
  return { pid, group }
}

function release(pid: number, group: string): void {
  writeFileSync(join(dirname(group), 'cgroup.procs'), `${pid}`)
  rmdirSync(group)
}
