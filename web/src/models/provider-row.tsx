import type { ProviderCheck, ProviderView } from '@pictor/sdk';
import { IconCircleCheck, IconCircleX, IconHelpCircle } from '@tabler/icons-react';
import { RelativeTime } from '../common/relative-time.tsx';
import { ToneBadge } from '../common/tone-badge.tsx';
import classes from './provider-list.module.css';

const statusWords = {
  ready: { text: 'ready', tone: 'good' },
  failing: { text: 'failing', tone: 'warn' },
  resting: { text: 'resting', tone: 'bad' },
} as const;

const findingIcons = {
  works: { icon: IconCircleCheck, className: classes.good, word: 'Works' },
  fails: { icon: IconCircleX, className: classes.bad, word: 'Fails' },
  unknown: { icon: IconHelpCircle, className: classes.warn, word: 'Unknown' },
} as const;

type ProviderRowProps = {
  readonly provider: ProviderView;
  /** What the last check found; absent: it was not looked at. */
  readonly check: ProviderCheck | undefined;
  readonly isChecking: boolean;
};

/** One account or deployment: how its models are, and what the check found. */
export function ProviderRow({ provider, check, isChecking }: ProviderRowProps) {
  const { name, title, external, status, models } = provider;
  const { text, tone } = statusWords[status];
  const ill = models.filter((model) => model.status !== 'ready');
  return (
    <li className={classes.row}>
      <div className={classes.line}>
        <h3 className={classes.name}>{title}</h3>
        {name !== provider.provider && <code>{name}</code>}
        <ToneBadge tone={tone}>{text}</ToneBadge>
        <span className={classes.purpose}>
          {external ? '' : 'built in, draws offline · '}
          {models.length === 1 ? 'one image model' : `${models.length} image models`}
        </span>
      </div>
      {ill.map((model) => (
        <p key={model.id} className={classes.ill}>
          <code>{model.id}</code> failed {tellTimes(model.failures_in_a_row)}
          {model.rest_until !== null &&
            model.status === 'resting' &&
            `, and rests until ${new Date(model.rest_until * 1000).toLocaleTimeString()}`}
          {model.last_error !== null && (
            <>
              : {model.last_error.message}{' '}
              {model.last_error.at !== null && <RelativeTime at={model.last_error.at} />}
            </>
          )}
        </p>
      ))}
      {isChecking && <p className={classes.purpose}>Looking at it…</p>}
      {!isChecking && check !== undefined && (
        <ul className={classes.findings} aria-label={`What the check of ${name} found`}>
          {check.findings.map((finding) => {
            const { icon: Icon, className, word } = findingIcons[finding.status];
            return (
              <li key={`${finding.part} ${finding.message}`}>
                <Icon size={17} className={className} aria-label={word} />
                <span>
                  <strong>{finding.part}</strong> {finding.message}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </li>
  );
}

function tellTimes(count: number): string {
  return count === 1 ? 'the last call' : `the last ${count} calls`;
}
