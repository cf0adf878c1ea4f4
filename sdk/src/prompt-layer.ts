import { Pictor } from './pictor.ts';

/** As PromptLayer's client is opened. */
export type PromptLayerOptions = {
  /** A key of Pictor. */
  readonly apiKey: string;
  /** Address of Pictor; the part `/promptlayer`, which PromptLayer's own client needs, may stand at its end. */
  readonly baseURL: string;
};

/** As PromptLayer's `run` is called. */
export type PromptLayerRun = {
  readonly promptName: string;
  readonly promptVersion?: number;
  readonly promptReleaseLabel?: string;
  readonly inputVariables?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
  readonly groupId?: number;
  readonly modelParameterOverrides?: Readonly<Record<string, unknown>>;
  readonly model?: string;
};

/** What PromptLayer's `run` gives. */
export type PromptLayerAnswer = {
  /** Number of the request. */
  readonly request_id: number | null;
  readonly raw_response: unknown;
  readonly prompt_blueprint: unknown;
};

/**
 * PromptLayer's `run` by way of Pictor, for programs that change their import line and nothing else. Everything else is
 * at `pictor`.
 */
export class PromptLayer {
  /** The whole client. */
  readonly pictor: Pictor;

  constructor({ apiKey, baseURL }: PromptLayerOptions) {
    this.pictor = new Pictor({ apiKey, baseUrl: baseURL.replace(/\/promptlayer\/?$/, '') });
  }

  /** Renders a saved prompt, calls its model, keeps the request. Throws a `PictorApiError`, and never streams. */
  async run(wanted: PromptLayerRun): Promise<PromptLayerAnswer> {
    for (const name of ['stream', 'provider']) {
      if (Reflect.get(wanted, name)) throw new TypeError(`Pictor's run has no '${name}'.`);
    }
    const { groupId, metadata, model, modelParameterOverrides, promptName } = wanted;
    const { promptReleaseLabel, promptVersion, inputVariables, tags } = wanted;
    const run = await this.pictor.prompts.run(promptName, {
      ...(promptVersion === undefined ? {} : { version: promptVersion }),
      ...(promptReleaseLabel === undefined ? {} : { label: promptReleaseLabel }),
      ...(inputVariables === undefined ? {} : { variables: inputVariables }),
      ...(tags === undefined ? {} : { tags: [...tags] }),
      ...(metadata === undefined ? {} : { metadata }),
      ...(groupId === undefined ? {} : { group: groupId }),
      ...(modelParameterOverrides === undefined ? {} : { parameters: modelParameterOverrides }),
      ...(model === undefined ? {} : { model }),
    });
    const { prompt_blueprint, raw_response, request_id } = run;
    return { request_id, raw_response, prompt_blueprint };
  }
}
