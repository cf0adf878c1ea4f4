export type FaultPlan = {
  readonly generations: number;
  readonly edits: number;
  readonly seed: number;
  /** Callers at work at the same time. */
  readonly lanes: number;
  /** How long the engine takes for a picture, from and to. */
  readonly engineMs: readonly [number, number];
  /** Share of the calls whose connection is cut at a random moment, from 0 to 1. */
  readonly cutShare: number;
  /** Share of the intents whose client is killed once and begins anew, from 0 to 1. */
  readonly deathShare: number;
  /** How often the server is killed; it works on between two deaths for the time below. */
  readonly serverKills: number;
  readonly serverLifeMs: readonly [number, number];
  /** Absent: the embedded engine. */
  readonly databaseUrl?: string;
};

/** One picture that somebody wants, whatever happens on the way. */
export type Intent = { readonly kind: 'generate' | 'edit'; readonly prompt: string };

/** A whole answer that a client got. */
export type Answered = {
  readonly intent: Intent;
  readonly requestId: string;
  readonly base64: string;
};

export type FaultReport = {
  readonly intents: number;
  readonly answered: number;
  readonly cuts: number;
  readonly clientDeaths: number;
  readonly serverDeaths: number;
  readonly engineCalls: number;
  /** Intents of which a call was running when the server was killed: nobody can know whether it was charged. */
  readonly unknowableIntents: number;
  /** Times that a client was told so instead of its picture. */
  readonly interruptionsReported: number;
  /** Of the intents whose outcome is knowable. */
  readonly callsPerIntent: number;
  /** Intents that cost more than one call whose end is known. */
  readonly paidTwice: readonly string[];
  /** Answers that the server, killed once more and started again, does not give again by their id, byte for byte. */
  readonly lostAnswers: readonly string[];
  /** Pictures of requests that succeeded, and are not the engine's own bytes. */
  readonly wrongPictures: readonly string[];
  readonly answersTakenUp: number;
  readonly rowsWithoutEnd: readonly string[];
  readonly rows: Readonly<Record<string, number>>;
};
