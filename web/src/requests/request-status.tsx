import type { RequestStatus } from '@pictor/sdk';
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleX,
  IconLoader2,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import classes from './request-status.module.css';

const looks = {
  running: { word: 'Running', icon: IconLoader2, tone: 'running' },
  succeeded: { word: 'Succeeded', icon: IconCheck, tone: 'good' },
  failed: { word: 'Failed', icon: IconAlertTriangle, tone: 'bad' },
  interrupted: { word: 'Interrupted', icon: IconPlugConnectedX, tone: 'warn' },
  cancelled: { word: 'Cancelled', icon: IconCircleX, tone: 'soft' },
} as const satisfies Record<RequestStatus, object>;

/** How a request stands, as a word with its sign. */
export function RequestStatusLabel({ status }: { readonly status: RequestStatus }) {
  const { word, icon: Icon, tone } = looks[status];
  return (
    <span className={classes.status} data-tone={tone}>
      <Icon size={14} stroke={1.9} aria-hidden />
      {word}
    </span>
  );
}
