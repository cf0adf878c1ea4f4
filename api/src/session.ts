import { z } from 'zod';

/** Who is signed in, and what the web app must know before it draws anything. */
export const session = z.looseObject({
  object: z.literal('session'),
  signed_in: z.boolean(),
  /** Null while nobody is signed in. */
  project: z.looseObject({ id: z.string(), name: z.string() }).nullable(),
  /** What the key behind the session may; `root` stands above all projects. Empty while nobody is signed in. */
  scopes: z.array(z.enum(['generate', 'read', 'manage', 'root'])),
  engine: z.looseObject({
    /** True where the built-in engine stands in for models that no configured provider serves. */
    stand_in: z.boolean(),
    /** A sentence for the page; null: nothing to tell. */
    notice: z.string().nullable(),
  }),
  /** Version of the server. */
  version: z.string(),
});

/** The body of POST /api/session. */
export const signInBody = z.looseObject({ key: z.string() });

/** The body of PUT /api/session/project. */
export const projectChoice = z.strictObject({ project: z.string() });

export type Session = z.infer<typeof session>;
