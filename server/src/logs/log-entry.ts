import type { Wire } from './wire.ts';

/** Which version of which saved prompt a call came from. */
export type LoggedPrompt = {
  readonly id: string;
  readonly name: string;
  readonly version: number | null;
  readonly label: string | null;
  readonly variables: Wire;
};

export type Score = { readonly name: string; readonly value: number };

/** A call as people look at it, wherever it was made. What is unknown is null. */
export type LogEntry = {
  readonly id: string;
  /** Counts within the project. */
  readonly number: number;
  readonly projectId: string;
  readonly keyId: string | null;
  readonly source: 'gateway' | 'run' | 'sdk' | 'log';
  /** The gateway's own row of the same call; both null: it was made elsewhere. */
  readonly requestId: string | null;
  readonly responseId: string | null;
  readonly functionName: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly parameters: Wire;
  /** Of a call made elsewhere: the template that went in, and the blocks that came out. */
  readonly input: unknown;
  readonly output: readonly unknown[] | null;
  readonly inputText: string | null;
  readonly outputText: string | null;
  readonly prompt: LoggedPrompt | null;
  readonly tags: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly group: number | null;
  readonly scores: readonly Score[];
  readonly status: 'RUNNING' | 'SUCCESS' | 'WARNING' | 'ERROR';
  readonly errorType: string | null;
  readonly errorMessage: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costNanoUsd: number | null;
  readonly spanId: string | null;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly latencyMs: number | null;
};

/** What a client, or a run, tells of a call. What is absent says nothing, and changes nothing. */
export type ToldFacts = {
  readonly source: 'run' | 'sdk' | 'log';
  readonly functionName?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  readonly group?: number | undefined;
  readonly prompt?: LoggedPrompt | null | undefined;
  readonly spanId?: string | undefined;
  readonly errorType?: string | undefined;
  readonly errorMessage?: string | undefined;
};
