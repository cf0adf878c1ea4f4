/** What a provider's answer holds, whatever wire it came by. */
export type Outputs = {
  /** Which wire's shape it has; `none`: nothing that is known. */
  readonly shape: 'images' | 'responses' | 'gemini' | 'chat' | 'none';
  /** In the model's order. */
  readonly parts: readonly OutputPart[];
  /** As the wire writes it; null: it says nothing. */
  readonly usage: Readonly<Record<string, unknown>> | null;
  /** Tokens of the image tool, where they are told beside those of the words. */
  readonly imageUsage: Readonly<Record<string, unknown>> | null;
  /** Of the answer, where it names one. */
  readonly model: string | null;
  /** Id of Pictor's own row, where this server gave the answer; null: another did. */
  readonly requestId: string | null;
  /** Id of the response, on the Responses API. */
  readonly responseId: string | null;
};

export type OutputPart = { readonly type: 'text'; readonly text: string } | OutputPicture;

export type OutputPicture = {
  readonly type: 'picture';
  /** Id of the generation call; null on the Images API. */
  readonly id: string | null;
  readonly from: { readonly base64: string } | { readonly url: string };
  /** As the answer says, or what its format means. */
  readonly mimeType: string;
  /** Revised prompt, size, quality and the like, under the wire's names. */
  readonly metadata: Readonly<Record<string, unknown>>;
};
