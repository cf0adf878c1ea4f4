import {
  IconAdjustments,
  IconArrowsDiff,
  IconBrush,
  IconChartBar,
  IconCpu,
  IconFileText,
  IconFlag,
  IconGauge,
  IconHistory,
  IconMessages,
  IconPhoto,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { usePictor } from '../common/pictor-context.ts';
import { requestsKey } from '../requests/use-requests.ts';
import classes from './main-nav.module.css';

const start = { to: '/start', name: 'Start', icon: IconFlag } as const;

const places = [
  { to: '/', name: 'Playground', icon: IconBrush },
  { to: '/conversations', name: 'Conversations', icon: IconMessages },
  { to: '/compare', name: 'Compare', icon: IconArrowsDiff },
  { to: '/images', name: 'Images', icon: IconPhoto },
  { to: '/requests', name: 'Requests', icon: IconHistory },
  { to: '/prompts', name: 'Prompts', icon: IconFileText },
  { to: '/evaluations', name: 'Evaluations', icon: IconGauge },
  { to: '/spend', name: 'Spend', icon: IconChartBar },
  { to: '/models', name: 'Models', icon: IconCpu },
  { to: '/settings', name: 'Settings', icon: IconAdjustments },
] as const;

type MainNavProps = {
  /** Called when a place was chosen, so that what holds the list can close. */
  readonly onChoose?: () => void;
};

/** The places of the app; Start is one as long as nothing was asked for yet. */
export function MainNav({ onChoose }: MainNavProps) {
  const isNew = useIsNew();
  return (
    <nav aria-label="Main" className={classes.nav}>
      {[...(isNew ? [start] : []), ...places].map(({ to, name, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className={classes.link}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          onClick={onChoose}
        >
          <Icon size={18} stroke={1.6} aria-hidden />
          {name}
        </Link>
      ))}
    </nav>
  );
}

/** True where the project has no requests, and on the page that it is for. */
function useIsNew(): boolean {
  const pictor = usePictor();
  const { pathname } = useLocation();
  const first = useQuery({
    queryKey: [...requestsKey, 'first'],
    queryFn: ({ signal }) => pictor.requests.list({ limit: 1 }, { signal }),
    // One that was made once stays made, as far as this is about.
    staleTime: ({ state }) => (state.data?.data.length === 0 ? 0 : Number.POSITIVE_INFINITY),
  });
  return pathname === '/start' || first.data?.data.length === 0;
}
