import { Pictor } from '@pictor/sdk';
import { createContext, use } from 'react';

/** The one client of the page. */
export const PictorContext = createContext<Pictor>(new Pictor());

/** The client through which everything is read and done. */
export function usePictor(): Pictor {
  return use(PictorContext);
}
