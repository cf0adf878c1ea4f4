import { Worker } from 'node:worker_threads';

/** A thread of the store. It keeps the process alive only while somebody waits for it. */
export type Thread<Question, Answer> = {
  /** What the thread answers to this question, of which it has one at a time for each id. Rejects when it has ended. */
  readonly ask: (question: Question) => Promise<Answer>;
  /** Says something that has no answer. */
  readonly tell: (question: Question) => void;
  readonly close: () => Promise<void>;
};

type Numbered = { readonly id: number };

/** Starts the file of this folder as a thread. */
export function openThread<Question extends Numbered, Answer extends Numbered>(
  file: string,
  name: string,
  start: unknown,
): Thread<Question, Answer> {
  const worker = new Worker(new URL(`./${file}`, import.meta.url), { name, workerData: start });
  worker.unref();
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  let death: Error | undefined;
  worker.on('message', (answer: Answer) => {
    const waiter = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    waiter?.resolve(answer);
  });
  const die = (error: Error): void => {
    death ??= error;
    for (const { reject } of waiting.values()) reject(death);
    waiting.clear();
  };
  worker.on('error', (error) => die(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => die(new Error(`The thread ${name} has ended.`)));
  return {
    ask: (question) => {
      if (death !== undefined) return Promise.reject(death);
      const answered = Promise.withResolvers<Answer>();
      waiting.set(question.id, answered);
      worker.ref();
      worker.postMessage(question);
      return answered.promise;
    },
    tell: (question) => worker.postMessage(question),
    close: async () => {
      death ??= new Error(`The thread ${name} is closed.`);
      await worker.terminate();
    },
  };
}
