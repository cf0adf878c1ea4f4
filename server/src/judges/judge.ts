/** A picture that is judged: a file, and the hash of its bytes, by which verdicts are remembered. */
export type JudgePicture = { readonly hash: string; readonly path: string };

/** How a judge sees. */
export type JudgeOptions = {
  /** A model that sees pictures. Default: PICTOR_JUDGE_MODEL, else the first that is configured. */
  readonly model?: string;
  /** Pictures are shrunk so that no side is longer, in pixels; 256 to 4096. Default: 1024. */
  readonly longestSide?: number;
  /** How they are sent. `auto`: as they are where they need no shrinking, else PNG. Default: auto. */
  readonly format?: 'auto' | 'png' | 'jpeg';
};

/** Sends a body to a route of this server, in the name of whoever judges, and gives the answer's JSON. Rejects with the caller's own errors. */
export type JudgeSend = (call: {
  readonly path: '/v1/responses';
  readonly body: Readonly<Record<string, unknown>>;
  /** Tells the calls of one judgement apart, for idempotency keys. */
  readonly name: string;
  readonly signal: AbortSignal;
}) => Promise<Readonly<Record<string, unknown>>>;

/** For whom, and by which door. */
export type JudgeContext = {
  readonly projectId: string;
  readonly send: JudgeSend;
  readonly signal?: AbortSignal;
};

/** How a judgement came about. */
export type Judged = {
  /** The catalogue's id of the model. */
  readonly model: string;
  /** Null: unknown. 0 where nobody was asked. */
  readonly costNanoUsd: number | null;
  /** Responses that it rests on, those of earlier days included. */
  readonly responseIds: readonly string[];
  /** True: the same was judged before, and nobody was asked. */
  readonly isCached: boolean;
};

export type Assertion = Judged & {
  /** In the order of the statements. */
  readonly verdicts: readonly {
    readonly statement: string;
    readonly holds: boolean;
    readonly reason: string;
  }[];
};

export type Scoring = Judged & {
  /** Between the bounds. */
  readonly score: number;
  readonly reason: string;
};

export type Preference = Judged & {
  /** A tie also where the two orders disagree. */
  readonly winner: 'a' | 'b' | 'tie';
  readonly agrees: boolean;
  /** What was said with a first, and with b first. */
  readonly reasons: readonly [string, string];
};

export type Extraction = Judged & {
  /** A caption; lines of text; or the attributes by name, null where one cannot be told. */
  readonly value: string | readonly string[] | Readonly<Record<string, string | number | boolean | null>>;
};

export type Judges = {
  /** The id of the model that would judge. Throws a JudgeFailure `judge_unavailable`. */
  readonly modelOf: (asked?: string) => string;
  /** One or many statements, each true or false of the pictures. Only those that were not judged before are asked. */
  readonly assert: (
    task: {
      readonly pictures: readonly JudgePicture[];
      readonly statements: readonly string[];
    } & JudgeOptions,
    context: JudgeContext,
  ) => Promise<Assertion>;
  readonly score: (
    task: {
      readonly pictures: readonly JudgePicture[];
      readonly references?: readonly JudgePicture[];
      readonly criterion: string;
      readonly min: number;
      readonly max: number;
    } & JudgeOptions,
    context: JudgeContext,
  ) => Promise<Scoring>;
  /** Asked in both orders. */
  readonly prefer: (
    task: {
      readonly a: readonly JudgePicture[];
      readonly b: readonly JudgePicture[];
      readonly criterion: string;
    } & JudgeOptions,
    context: JudgeContext,
  ) => Promise<Preference>;
  readonly extract: (
    task: {
      readonly pictures: readonly JudgePicture[];
      readonly extract: 'caption' | 'text' | 'attributes';
      /** Name → what it means. */
      readonly attributes?: Readonly<Record<string, string>>;
    } & JudgeOptions,
    context: JudgeContext,
  ) => Promise<Extraction>;
};
