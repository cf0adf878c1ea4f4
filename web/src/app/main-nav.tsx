import {
  IconAdjustments,
  IconArrowsDiff,
  IconBrush,
  IconChartBar,
  IconCpu,
  IconFileText,
  IconGauge,
  IconHistory,
  IconMessages,
  IconPhoto,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import classes from './main-nav.module.css';

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

/** The places of the app. */
export function MainNav({ onChoose }: MainNavProps) {
  return (
    <nav aria-label="Main" className={classes.nav}>
      {places.map(({ to, name, icon: Icon }) => (
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
