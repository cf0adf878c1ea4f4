/** What somebody said of a cell. */
export type Rating = {
  readonly rowId: string;
  readonly columnId: string;
  readonly rater: string;
  /** thumbs: yes or no; score: a number; preference: name of the source that is better, or `tie`. */
  readonly value: boolean | number | string;
  readonly note: string | null;
  readonly createdAt: Date;
};
