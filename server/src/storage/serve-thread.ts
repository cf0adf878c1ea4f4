import { parentPort } from 'node:worker_threads';

/** Answers that are ready wait this long for others that go with them. */
const gatherMs = 1;

/** The other end of `openThread`: answers its questions one after the other. Null: there is nothing to say. */
export function serveThread<Question, Answer>(toAnswer: (question: Question) => Answer | null): void {
  const port = parentPort;
  if (port === null) throw new Error('This file runs as a worker thread only.');
  port.on('message', (questions: readonly Question[]) => {
    let answers: Answer[] = [];
    let sinceMs = performance.now();
    const flush = (): void => {
      if (answers.length > 0) port.postMessage(answers);
      answers = [];
      sinceMs = performance.now();
    };
    for (const question of questions) {
      const answer = toAnswer(question);
      if (answer !== null) answers.push(answer);
      if (performance.now() - sinceMs >= gatherMs) flush();
    }
    flush();
  });
}
