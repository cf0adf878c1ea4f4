import type { ColumnType } from 'kysely';

export type JudgeTables = {
  /** What judges said, by what they were asked. */
  judge_verdicts: {
    project_id: string;
    /** SHA-256 of pictures, question, model and way of looking. */
    key: string;
    model: string;
    value: ColumnType<unknown, string, string>;
    /** The response that said it; it may be gone. */
    response_id: string;
    created_at: Date;
  };
};
