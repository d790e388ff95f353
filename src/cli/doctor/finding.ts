import { AppError } from '../../lib/errors.ts'

/** What a check found: that all is well, what could be better, or what is wrong; and in the last two cases, what to do. */
export interface Finding {
  readonly check: string
  readonly status: 'ok' | 'warning' | 'wrong'
  readonly text: string
}

export const ok = (check: string, text: string): Finding => ({ check, status: 'ok', text })
export const warning = (check: string, text: string): Finding => ({ check, status: 'warning', text })
export const wrong = (check: string, text: string): Finding => ({ check, status: 'wrong', text })

/** An expected failure as a finding; with its cause, since the operator asks. Others are thrown on. */
export function toFinding(check: string, error: unknown): Finding {
  if (!(error instanceof AppError)) throw error
  return wrong(check, error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message)
}
