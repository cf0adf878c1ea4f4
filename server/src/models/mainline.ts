import type { ImageInput } from './image-job.ts';
import type { RunContext } from './image-model.ts';
import type { ModelRow } from './model-row.ts';

/** Stands in a body for a picture, which is written as base64 while the body is sent. A function cannot come from JSON. */
export type BodyPicture = {
  readonly picture: Pick<ImageInput, 'mediaType' | 'byteCount' | 'open'>;
  /** `url`: as a data URL. `base64`: bare. */
  readonly as: 'url' | 'base64';
};

/** A text model that leads a conversation, behind one of the two wires on which such models are served. */
export type MainlineModel = {
  /**
   * `responses`: OpenAI's own Responses API, with the image tool on the service's side; events are those of its stream.
   * `chat`: chat completions with function calling; events are the chunks of its stream.
   */
  readonly wire: 'responses' | 'chat';
  /** The service's name for the model. */
  readonly upstreamModel: string;
  /** Image model of a tool that names none; absent: the server's default. */
  readonly painter?: string;
  /** Chat only: whether the model reads pictures. */
  readonly seesPictures?: boolean;
  /** Sends a body of the wire, without `model` and `stream`, and tells what comes back. Throws ProviderErrors. */
  readonly run: (request: MainlineRequest, context: RunContext) => AsyncIterable<MainlineEvent>;
};

export type MainlineRequest = {
  /** Members of the body; a BodyPicture stands where a picture belongs. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The image model behind the tool, for services that want to know it beside the body. */
  readonly imageModel?: ModelRow;
};

/**
 * What comes back, in the order of the wire. The bytes of a picture come before the event that holds them, whose data
 * has '' in their place; they must be drained, or passed over, before the next event is asked for.
 */
export type MainlineEvent =
  | {
      readonly type: 'started';
      readonly upstreamRequestId?: string;
      readonly upstreamHeaders?: Readonly<Record<string, string>>;
    }
  | { readonly type: 'bytes'; readonly of: 'preview' | 'picture'; readonly chunks: AsyncIterable<Uint8Array> }
  | { readonly type: 'event'; readonly name: string; readonly data: Readonly<Record<string, unknown>> };

/** A mainline model with its place: who is paid for it. */
export type PlacedMainline = {
  readonly row: ModelRow;
  readonly model: MainlineModel;
  /** Provider that is paid. */
  readonly provider: string;
  /** The cell that is called. */
  readonly engine: string;
};
