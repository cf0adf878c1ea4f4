import type { Migration } from 'kysely/migration';
import { firstTables } from './0001-first-tables.ts';
import { idempotency } from './0002-idempotency.ts';
import { webhooks } from './0003-webhooks.ts';
import { upstreamHeaders } from './0004-upstream-headers.ts';
import { ledger } from './0005-ledger.ts';
import { projectsAndKeys } from './0006-projects-and-keys.ts';
import { responses } from './0007-responses.ts';
import { originalImages } from './0008-original-images.ts';
import { attempts } from './0009-attempts.ts';
import { prompts } from './0010-prompts.ts';
import { savedPrompts } from './0011-saved-prompts.ts';
import { requestLogs } from './0012-request-logs.ts';
import { search } from './0020-search.ts';
import { evaluations } from './0021-evaluations.ts';
import { judgeVerdicts } from './0022-judge-verdicts.ts';
import { undeliveredRequests } from './0023-undelivered-requests.ts';
import { conversations } from './0030-conversations.ts';
import { otherCalls } from './0045-other-calls.ts';

/** Every migration by its name, in order. A released one is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-idempotency': idempotency,
  '0003-webhooks': webhooks,
  '0004-upstream-headers': upstreamHeaders,
  '0005-ledger': ledger,
  '0006-projects-and-keys': projectsAndKeys,
  '0007-responses': responses,
  '0008-original-images': originalImages,
  '0009-attempts': attempts,
  '0010-prompts': prompts,
  '0011-saved-prompts': savedPrompts,
  '0012-request-logs': requestLogs,
  '0020-search': search,
  '0021-evaluations': evaluations,
  '0022-judge-verdicts': judgeVerdicts,
  '0023-undelivered-requests': undeliveredRequests,
  '0030-conversations': conversations,
  '0045-other-calls': otherCalls,
};
