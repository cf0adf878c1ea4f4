import type { Caller } from '../../access/index.ts';
import type { PictorError } from '../../foundation/index.ts';
import type {
  ImageCall,
  JobRun,
  ParameterMode,
  PlannedJob,
  RelayedEngine,
  StoredImage,
  StoredInput,
} from '../../images/index.ts';
import type { Adjustment, PlacedMainline, ProviderError, Replay } from '../../models/index.ts';
import type { PromptSource } from '../../prompts/index.ts';
import type { Item, PictureFacts, Wire } from '../items/item.ts';
import type { AskedTools } from '../wire/asked-response.ts';

/** One turn of a conversation, understood and ready to be decided. */
export type Turn = {
  readonly responseId: string;
  readonly caller: Caller;
  readonly mode: ParameterMode | undefined;
  /** As asked. */
  readonly model: string;
  readonly instructions: string | null;
  /** The whole conversation, oldest first, with what is new at its end. */
  readonly context: readonly Item[];
  /** How many items of the context are new. */
  readonly newCount: number;
  readonly tools: AskedTools;
  /** The image model of the tool. */
  readonly painter: string;
  /** What the image model will not do of what the tool asks. */
  readonly toolAdjustments: readonly Adjustment[];
  /** Members of the tool that nobody is asked for, because no model that may stand behind it takes them. */
  readonly omitted: readonly string[];
  readonly mask: StoredInput | undefined;
  readonly maxToolCalls: number | null;
  readonly parallelToolCalls: boolean;
  readonly endUser: string | undefined;
  /** Members that only a mainline model understands, as they were sent. */
  readonly settings: Wire;
  readonly include: readonly string[];
  /** The caller's own words for it, to sort spend by. */
  readonly tags: readonly string[];
  /** The saved prompt that it came from; null: none. */
  readonly savedPrompt: PromptSource | null;
  /** True: somebody listens to events, so that previews have a sense. */
  readonly isWatched: boolean;
};

/** Tokens of whoever decided. */
export type MainlineUsage = {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
};

export type TurnEnd = {
  /** Null: not known. */
  readonly usage: MainlineUsage | null;
  /** The service's id of the call; absent: it told none. */
  readonly upstreamRequestId?: string;
  /** Tokens of the pictures as the service told them; absent: as their requests are booked. */
  readonly toolUsage?: Wire;
  /** Why the turn ended before it was done; absent: it was done. */
  readonly incompleteReason?: 'max_output_tokens' | 'content_filter';
  /** Why the turn failed once it had begun, so that it may be charged; absent: it did not. */
  readonly failure?: ProviderError;
};

/** A picture that the director wants. */
export type PaintCall = {
  readonly prompt: string;
  readonly action: 'generate' | 'edit';
  /** What to edit, in order; the mask applies to the first. */
  readonly pictures: readonly PictureFacts[];
};

export type Painted =
  | { readonly status: 'completed'; readonly item: Item; readonly picture: PictureFacts }
  | { readonly status: 'failed'; readonly item: Item | null; readonly error: PictorError };

/** A message that is being written. */
export type OpenMessage = {
  /** `replay`: what the model wants back with this text in a later turn. */
  readonly add: (text: string, replay?: Replay) => void;
  readonly refuse: (text: string) => void;
  readonly close: () => Promise<Item>;
};

/** A call of the image tool that is under way. Ends with exactly one of `complete` and `fail`. */
export type OpenImage = {
  readonly id: string;
  readonly preview: (image: StoredImage, partialIndex: number) => void;
  /** `replay`: what the service that made it wants back with it. */
  readonly complete: (
    image: StoredImage,
    facts: Wire,
    replay?: Replay,
  ) => Promise<Extract<Painted, { status: 'completed' }>>;
  readonly fail: (error: PictorError, facts: Wire) => Promise<Extract<Painted, { status: 'failed' }>>;
};

/** An uploaded document, read from the beginning on every `open`. */
export type LoadedFile = {
  readonly filename: string;
  readonly mediaType: string;
  readonly byteCount: number;
  readonly open: () => AsyncIterable<Uint8Array>;
};

/** What a director does things with. Whatever it does is told in the documented order of events, and kept. */
export type Stage = {
  /** Aborted when the turn is cancelled, or Pictor stops. */
  readonly signal: AbortSignal;
  readonly openMessage: (id?: string) => OpenMessage;
  /** An item that is there at once: reasoning, for one. */
  readonly addItem: (item: Item) => Promise<void>;
  /** Hands a call of a function or custom tool to the caller. */
  readonly callTool: (call: {
    readonly type: 'function' | 'custom';
    readonly callId: string;
    readonly name: string;
    /** JSON for a function, free text for a custom tool. */
    readonly input: string;
    readonly id?: string;
  }) => Promise<void>;
  /** Makes a picture with the tool as it was asked for: planned, stored and booked as every image. Never throws. */
  readonly paint: (call: PaintCall) => Promise<Painted>;
  /** For engines that lead a conversation themselves: the parts of `paint`, one by one. */
  readonly openImage: (requestId: string) => OpenImage;
  readonly planImage: (
    call: Omit<ImageCall, 'caller' | 'path' | 'parentId' | 'mode' | 'tags' | 'savedPrompt'>,
  ) => PlannedJob;
  readonly startImage: (planned: PlannedJob, relayed?: RelayedEngine) => Promise<JobRun>;
  /** Keeps bytes whose place is not known yet; gives a way to read them. */
  readonly park: (chunks: AsyncIterable<Uint8Array>) => Promise<() => AsyncIterable<Uint8Array>>;
  /** An uploaded document; null: it is gone. */
  readonly loadFile: (fileId: string) => Promise<LoadedFile | null>;
  /** The picture as an input of a job, with what its maker wants back. */
  readonly load: (picture: PictureFacts) => Promise<StoredInput>;
};

/** Who decides what happens in a turn: a mainline model, or what stands for one. */
export type Director = {
  /** Told in answers: `sketch`, `openai`, a name of pictor.yaml. */
  readonly name: string;
  /** Who is paid for deciding; absent: nobody. */
  readonly placed?: PlacedMainline;
  /** The upstream that may have its own items back; absent: what it makes is nobody's. */
  readonly maker?: string;
  /** Image models of a tool that names none, in order: the first that takes what is asked. */
  readonly painters: readonly [string, ...string[]];
  /** Looks at a turn before anything is begun: what it will not do of what was asked. Throws the caller's errors. */
  readonly check: (turn: Turn) => readonly Adjustment[];
  readonly direct: (turn: Turn, stage: Stage) => Promise<TurnEnd>;
};
